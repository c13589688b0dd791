"use client";
/** The conversation on screen, bound to React and to what the browser keeps. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { complete } from "./complete";
import { settled, type Turn } from "./conversation";
import { type ConversationStore, createConversationStore } from "./conversation-store";
import { keepChat, readChat } from "./kept-chats";

const NO_TURNS: readonly Turn[] = [];

/**
 * The turns and the store that changes them. Opens what was kept for `panes` when the page opens; a pane that is
 * changed later keeps the conversation going. What is said is kept whenever no answer is half written.
 */
export function useConversation(panes: readonly string[]): {
  turns: readonly Turn[];
  store: ConversationStore;
} {
  const [store] = useState(() => createConversationStore({ complete }));
  const turns = useSyncExternalStore(store.subscribe, store.get, () => NO_TURNS);

  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || panes.length === 0) return;
    opened.current = true;
    store.open(readChat(localStorage, panes));
  }, [panes, store]);

  useEffect(() => {
    const now = store.get();
    const writing = now.some((turn) =>
      Object.values(turn.answers).some((answer) => answer.state === "writing"),
    );
    if (opened.current && !writing) keepChat(localStorage, panes, settled(now));
  }, [panes, store, turns]);

  useEffect(() => () => store.stop(), [store]);
  return { turns, store };
}
