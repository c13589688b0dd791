"use client";
/** What was asked; the last question can be changed in place. */
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";

export interface QuestionViewProps {
  text: string;
  editing: boolean;
  onDone: (text: string | null) => void;
}

export function QuestionView({ text, editing, onDone }: QuestionViewProps) {
  if (!editing) {
    return <p className="mb-3 rounded-md bg-sunken px-3 py-2 wrap-anywhere whitespace-pre-wrap">{text}</p>;
  }
  return <QuestionEditor text={text} onDone={onDone} />;
}

function QuestionEditor({ text, onDone }: Omit<QuestionViewProps, "editing">) {
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
