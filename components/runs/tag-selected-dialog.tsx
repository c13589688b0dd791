"use client";
/** Tags of several runs at once: each is on all, on some or on none of them; a new one goes on all. */
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { TextInput } from "@/components/ui/text-input";
import type { RunSummary } from "@/server/contract/run";
import { tagStates } from "./selection";

export interface TagSelectedDialogProps {
  /** All runs, whose tags can be chosen. */
  runs: readonly RunSummary[];
  selected: readonly RunSummary[];
  onClose: () => void;
  /** By tag: whether all selected runs are to have it. Tags that nobody touched are not named. */
  onKeep: (wishes: ReadonlyMap<string, boolean>) => void;
}

export function TagSelectedDialog({ runs, selected, onClose, onKeep }: TagSelectedDialogProps) {
  const t = useTranslations("runs.selection.tagsDialog");
  const [wishes, setWishes] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [draft, setDraft] = useState("");
  const states = new Map([...tagStates(runs, selected), ...wishes]);
  const wish = (tag: string, on: boolean) => setWishes(new Map([...wishes, [tag, on]]));

  function keep() {
    const tag = draft.trim();
    onKeep(tag === "" ? wishes : new Map([...wishes, [tag, true]]));
    onClose();
  }

  function add() {
    if (draft.trim() !== "") wish(draft.trim(), true);
    setDraft("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) add();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { count: selected.length })}>
      <div className="row">
        <TextInput
          className="grow"
          aria-label={t("new")}
          placeholder={t("new")}
          maxLength={40}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button icon="plus" disabled={draft.trim() === ""} onClick={add}>
          {t("add")}
        </Button>
      </div>
      {states.size > 0 && (
        <ul className="grid max-h-60 gap-1 overflow-auto">
          {[...states].map(([tag, state]) => (
            <li key={tag}>
              <Checkbox checked={state} onChange={(on) => wish(tag, on)}>
                {tag}
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
      <div className="row justify-end">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button kind="primary" disabled={wishes.size === 0 && draft.trim() === ""} onClick={keep}>
          {t("keep")}
        </Button>
      </div>
    </Dialog>
  );
}
