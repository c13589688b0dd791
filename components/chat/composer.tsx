"use client";
/**
 * The one line under all panes: Enter sends to all, Shift+Enter breaks the line, Escape stops. Where there are tools, what
 * is typed can be what a tool says.
 */
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { Turn } from "./conversation";

export interface ComposerProps {
  /** Panes that will be asked. */
  count: number;
  /** Answers that are coming. */
  coming: number;
  /** Why nothing can be sent now; null where it can. */
  blocked: string | null;
  /** Whether models are told of tools, whose results a person then types. */
  asksTools: boolean;
  /** How many prompts of a set have been asked; null while none is being asked. */
  progress: { asked: number; of: number } | null;
  onSend: (text: string, role: Turn["role"]) => void;
  onStop: () => void;
  /** Opens the prompt sets. */
  onPrompts: () => void;
  inputRef: RefObject<HTMLTextAreaElement | null>;
}

export function Composer(props: ComposerProps) {
  const { count, coming, blocked, asksTools, progress, onSend, onStop, onPrompts, inputRef } = props;
  const t = useTranslations("chat");
  const [chosenRole, setRole] = useState<Turn["role"]>("user");
  const role = asksTools ? chosenRole : "user";
  const [text, setText] = useState("");
  const canSend = blocked === null && coming === 0 && progress === null && text.trim() !== "";

  function send() {
    if (!canSend) return;
    onSend(text.trim(), role);
    setText("");
    setRole("user");
  }

  function onKeyDown(event: KeyboardEvent) {
    // While an input method composes, Enter picks a word; it must not send.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="border-t border-line bg-bg px-6 pt-3 pb-4 max-wide:px-4 max-wide:py-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="rounded-lg border border-control focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus">
        <textarea
          ref={inputRef}
          className="block [field-sizing:content] max-h-48 w-full resize-none border-0 bg-transparent px-3 py-2 outline-none"
          rows={2}
          aria-label={t("message", { count })}
          placeholder={t("placeholder", { count })}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="row px-2 pt-1 pb-2">
          <Button size="sm" kind="ghost" onClick={onPrompts}>
            {t("prompts.title")}
          </Button>
          {asksTools && (
            <Segmented<Turn["role"]>
              small
              aria-label={t("role.title")}
              value={role}
              onChange={setRole}
              options={[
                { value: "user", label: t("role.user") },
                { value: "tool", label: t("role.tool") },
              ]}
            />
          )}
          <span className="faint small max-wide:hidden" role={progress ? "status" : undefined}>
            {progress ? t("prompts.asking", progress) : (blocked ?? t("keys", { count }))}
          </span>
          <span className="grow" />
          {(coming > 0 || progress) && (
            <Button size="sm" icon="stop" className="h-8!" onClick={onStop}>
              {t("stop", { count: Math.max(1, coming) })}
            </Button>
          )}
          <Button size="sm" kind="primary" type="submit" className="h-8!" disabled={!canSend}>
            {t("send", { count })}
          </Button>
        </div>
      </div>
    </form>
  );
}
