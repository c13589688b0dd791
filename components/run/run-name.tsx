"use client";
/** The run's name; a click makes it a field. Enter keeps, Escape drops. */
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/button";

export interface RunNameProps {
  name: string;
  onRename: (name: string) => void;
}

export function RunName({ name, onRename }: RunNameProps) {
  const t = useTranslations("run");
  const [draft, setDraft] = useState<string | null>(null);

  function keep() {
    const next = draft?.trim();
    setDraft(null);
    if (next && next !== name) onRename(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") keep();
    if (event.key === "Escape") setDraft(null);
  }

  if (draft !== null) {
    return (
      <div className="min-w-0 grow">
        <input
          autoFocus
          className="control max-w-96 font-semibold"
          aria-label={t("name")}
          maxLength={100}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={keep}
          onFocus={(event) => event.target.select()}
        />
      </div>
    );
  }
  return (
    <div className="row min-w-0">
      <h1 className="min-w-0 wrap-anywhere">{name}</h1>
      <IconButton icon="edit" label={t("rename")} onClick={() => setDraft(name)} />
    </div>
  );
}
