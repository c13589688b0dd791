"use client";
/**
 * The conversation on screen, bound to React, to the address and to what the console keeps. Its id stands in the address
 * as `chat`; what is said is kept whenever no answer is half written.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { ApiError } from "@/components/api/client";
import type { Asking, Conversation } from "@/server/contract/conversations";
import { conversationsKey, keepConversation, readConversation } from "./chat-queries";
import { complete } from "./complete";
import { settled, type Turn } from "./conversation";
import { type ConversationKeeper, createConversationKeeper, newConversationId } from "./conversation-keeper";
import { type ConversationStore, createConversationStore } from "./conversation-store";

const NO_TURNS: readonly Turn[] = [];
/** The conversation that this tab had open last, for coming back from another page. */
const LAST_KEY = "tuneboard.chat";

export interface ConversationBinding {
  /** What the address names; null for a new one. */
  id: string | null;
  /** Whether the address asks for certain panes: a new conversation with them is wanted then. */
  namesPanes: boolean;
  panes: readonly string[];
  names: Readonly<Record<string, string>>;
  asking: Asking;
  /** Writes another conversation's id, or none, into the address. */
  onId: (id: string | null) => void;
  /** A conversation was read: its panes and settings are to be taken over. */
  onOpened: (conversation: Conversation) => void;
  /** It goes on as a copy, since another page has changed the one that was open. */
  onCopied: () => void;
}

export interface OpenConversation {
  turns: readonly Turn[];
  store: ConversationStore;
  /** "" for one that is not kept yet. */
  title: string;
  /** Why it could not be read or kept. */
  problem: string | null;
  opening: boolean;
  /** Begins a new one; the one that was open is kept. */
  startNew: () => void;
  /** It was given another name, or is gone (null). */
  renamed: (id: string, title: string | null) => void;
}

export function useConversation(binding: ConversationBinding): OpenConversation {
  const { id, namesPanes, panes, names, asking } = binding;
  const queries = useQueryClient();
  const [store] = useState(() => createConversationStore({ complete }));
  const turns = useSyncExternalStore(store.subscribe, store.get, () => NO_TURNS);
  const [title, setTitle] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [openedId, setOpenedId] = useState<string | null>(null);
  const latest = useRef(binding);
  const idBefore = useRef(id);
  useEffect(() => {
    latest.current = binding;
  });

  const [keeper] = useState<ConversationKeeper>(() =>
    createConversationKeeper({
      put: keepConversation,
      newId: newConversationId,
      isConflict: (error) => error instanceof ApiError && error.code === "busy",
    }),
  );
  useEffect(() => {
    keeper.tell({
      onProblem: setProblem,
      onKept(head, isCopy) {
        setTitle(head.title);
        setOpenedId(head.id);
        remember(head.id);
        if (latest.current.id !== head.id) latest.current.onId(head.id);
        if (isCopy) latest.current.onCopied();
        void queries.invalidateQueries({ queryKey: conversationsKey });
      },
    });
  }, [keeper, queries]);

  const begin = useCallback(() => {
    keeper.open(null);
    store.open(NO_TURNS);
    setTitle("");
    setProblem(null);
    setOpenedId(null);
  }, [keeper, store]);

  useEffect(() => {
    const cameFrom = idBefore.current;
    idBefore.current = id;
    if (id === null) {
      const last = namesPanes ? null : recall();
      // A new one has its id before the address does; only an address that lost its id asks for another.
      if (cameFrom !== null && keeper.id() !== null) begin();
      else if (last !== null && keeper.id() === null) latest.current.onId(last);
      return;
    }
    if (id === keeper.id()) return;
    const control = new AbortController();
    readConversation(id, control.signal).then(
      (conversation) => {
        const {
          title: itsTitle,
          turns: itsTurns,
          panes: itsPanes,
          names: itsNames,
          asking: itsAsking,
        } = conversation;
        keeper.open(conversation, { panes: itsPanes, names: itsNames, asking: itsAsking, turns: itsTurns });
        store.open(itsTurns);
        setTitle(itsTitle);
        setProblem(null);
        setOpenedId(id);
        remember(id);
        latest.current.onOpened(conversation);
      },
      (error: unknown) => {
        if (control.signal.aborted) return;
        begin();
        // One that this tab only remembers may have been deleted; one that was asked for is missed.
        if (recall() !== id) setProblem(error instanceof Error ? error.message : String(error));
        remember(null);
        latest.current.onId(null);
      },
    );
    return () => control.abort();
  }, [id, namesPanes, keeper, store, begin]);

  useEffect(() => {
    const now = store.get();
    const writing = now.some((turn) =>
      Object.values(turn.answers).some((answer) => answer.state === "writing"),
    );
    if (now.length > 0 && panes.length > 0 && !writing)
      keeper.keep({ panes: [...panes], names: { ...names }, asking, turns: settled(now) });
  }, [panes, names, asking, store, keeper, turns]);

  useEffect(
    () => () => {
      store.stop();
      void keeper.flush();
    },
    [store, keeper],
  );

  const startNew = useCallback(() => {
    begin();
    remember(null);
    latest.current.onId(null);
  }, [begin]);

  return {
    turns,
    store,
    title,
    problem,
    opening: id !== null && id !== openedId,
    startNew,
    renamed: (other, its) => {
      if (other !== keeper.id()) return;
      if (its !== null) setTitle(its);
      else {
        keeper.forget();
        startNew();
      }
    },
  };
}

function remember(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(LAST_KEY);
    else sessionStorage.setItem(LAST_KEY, id);
  } catch {
    // Without the browser's storage nothing is come back to.
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(LAST_KEY);
  } catch {
    return null;
  }
}
