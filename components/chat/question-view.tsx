"use client";
/** What was asked; it can be changed in place. */
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";

export interface QuestionViewProps {
  text: string;
  /** It is what a tool said. */
  isTool: boolean;
  editing: boolean;
  onDone: (text: string | null) => void;
}

export function QuestionView({ text, isTool, editing, onDone }: QuestionViewProps) {
  const t = useTranslations("chat");
  if (editing) return <QuestionEditor text={text} onDone={onDone} />;
  return (
    <>
      {isTool && <p className="faint small mb-1">{t("toolSays")}</p>}
      <p
        className={`mb-3 rounded-md bg-sunken px-3 py-2 wrap-anywhere whitespace-pre-wrap ${isTool ? "mono" : ""}`}
      >
        {text}
      </p>
    </>
  );
}

function QuestionEditor({ text, onDone }: Pick<QuestionViewProps, "text" | "onDone">) {
  const t = useTranslations("chat");
  const [draft, setDraft] = useState(text);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onDone(null);
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onDone(draft);
    }
  }

  return (
    <div className="mb-3">
      <textarea
        autoFocus
        className="control control--area w-full"
        rows={Math.min(8, draft.split("\n").length + 1)}
        aria-label={t("edit")}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="row mt-1 justify-end">
        <Button size="sm" kind="ghost" onClick={() => onDone(null)}>
          {t("cancel")}
        </Button>
        <Button size="sm" kind="primary" disabled={draft.trim() === ""} onClick={() => onDone(draft)}>
          {t("askAgain")}
        </Button>
      </div>
    </div>
  );
}
