"use client";
/** The conversations that are kept: found by name or by what was said, opened, renamed, deleted with undo. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { Button, IconButton } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Message } from "@/components/ui/message";
import { TextInput } from "@/components/ui/text-input";
import type { Conversation, ConversationSummary } from "@/server/contract/conversations";
import {
  conversationsKey,
  conversationsQuery,
  keepConversation,
  readConversation,
  removeConversation,
  renameConversation,
} from "./chat-queries";
import { UndoLine } from "./undo-line";

export interface ConversationSheetProps {
  onOpen: (id: string) => void;
  /** One has another name, or is gone (null). */
  onChanged: (id: string, title: string | null) => void;
  onClose: () => void;
}

export function ConversationSheet({ onOpen, onChanged, onClose }: ConversationSheetProps) {
  const t = useTranslations("chat.conversations");
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<Conversation | null>(null);
  const [search, setSearch] = useState("");
  const { data, error } = useQuery(conversationsQuery(useDeferredValue(search.trim())));
  const refresh = () => queries.invalidateQueries({ queryKey: conversationsKey });

  const removing = useMutation({
    async mutationFn({ id }: ConversationSummary) {
      const whole = await readConversation(id);
      await removeConversation(id);
      return whole;
    },
    async onSuccess(whole) {
      setRemoved(whole);
      onChanged(whole.id, null);
      await refresh();
    },
  });
  const bringingBack = useMutation({
    mutationFn: ({ id, changed_at: _, ...content }: Conversation) => keepConversation(id, content),
    async onSuccess() {
      setRemoved(null);
      await refresh();
    },
  });
  const renaming = useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) => renameConversation(id, title),
    async onSuccess({ id, title }) {
      onChanged(id, title);
      await refresh();
    },
  });

  const problem = error ?? removing.error ?? bringingBack.error ?? renaming.error;
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <TextInput
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {problem && <Message kind="bad">{problem.message}</Message>}
      {removed && (
        <UndoLine text={t("removed", { title: removed.title })} onUndo={() => bringingBack.mutate(removed)} />
      )}
      {data?.items.length === 0 && <p className="muted">{t(search.trim() === "" ? "empty" : "nothing")}</p>}
      <ul className="list" aria-label={t("title")}>
        {data?.items.map((item) => (
          <ConversationLine
            key={item.id}
            item={item}
            onOpen={() => {
              onOpen(item.id);
              onClose();
            }}
            onRename={(title) => renaming.mutate({ id: item.id, title })}
            onRemove={() => removing.mutate(item)}
          />
        ))}
      </ul>
    </Sheet>
  );
}

interface ConversationLineProps {
  item: ConversationSummary;
  onOpen: () => void;
  onRename: (title: string) => void;
  onRemove: () => void;
}

function ConversationLine({ item, onOpen, onRename, onRemove }: ConversationLineProps) {
  const t = useTranslations("chat.conversations");
  const format = useFormat();
  const [title, setTitle] = useState<string | null>(null);

  function done(event: FormEvent) {
    event.preventDefault();
    if (title?.trim() && title.trim() !== item.title) onRename(title.trim());
    setTitle(null);
  }

  if (title !== null) {
    return (
      <li>
        <form className="row" onSubmit={done}>
          <TextInput
            autoFocus
            className="grow"
            aria-label={t("rename", { title: item.title })}
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              setTitle(null);
            }}
          />
          <Button size="sm" kind="primary" type="submit">
            {t("save")}
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className="row between [contain-intrinsic-size:auto_56px] [content-visibility:auto]">
      <button type="button" className="min-w-0 grow py-1 text-left" onClick={onOpen}>
        <span className="strong clip block">{item.title}</span>
        <span className="faint small clip block">
          {[format.when(item.changed_at), t("turns", { count: item.turns }), item.panes.join(" | ")].join(
            " · ",
          )}
        </span>
        {item.found !== null && <span className="small block wrap-anywhere">{item.found}</span>}
      </button>
      <IconButton
        icon="edit"
        label={t("rename", { title: item.title })}
        onClick={() => setTitle(item.title)}
      />
      <IconButton icon="trash" label={t("remove", { title: item.title })} onClick={onRemove} />
    </li>
  );
}
