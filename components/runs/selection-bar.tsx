"use client";
/** What can be done with the selected runs: compare their answers, tag them, take them from the queue, delete them. */
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { chatHref } from "@/components/chat/chat-link";
import { Button, buttonClass } from "@/components/ui/button";
import type { RunSummary } from "@/server/contract/run";
import { useSelectionActions } from "./selection-actions";

const DeleteSelectedDialog = dynamic(() =>
  import("./delete-selected-dialog").then((module) => module.DeleteSelectedDialog),
);
const TagSelectedDialog = dynamic(() =>
  import("./tag-selected-dialog").then((module) => module.TagSelectedDialog),
);

export interface SelectionBarProps {
  /** All runs, whose tags can be chosen. */
  runs: readonly RunSummary[];
  selected: readonly RunSummary[];
  onClear: () => void;
}

export function SelectionBar({ runs, selected, onClear }: SelectionBarProps) {
  const t = useTranslations("runs");
  const { remove, unqueue, tag } = useSelectionActions();
  const [asking, setAsking] = useState<"delete" | "tags" | null>(null);
  const queued = selected.filter((run) => run.status === "queued");
  const isBusy = remove.isPending || unqueue.isPending || tag.isPending;
  return (
    <div role="group" aria-label={t("selection.label")} className="row row--wrap gap-x-1.5 gap-y-1">
      <span className="strong">{t("selected", { count: selected.length })}</span>
      <CompareAnswers runs={selected} />
      <Button size="sm" icon="edit" disabled={isBusy} onClick={() => setAsking("tags")}>
        {t("selection.tags")}
      </Button>
      {queued.length > 0 && (
        <Button size="sm" icon="stop" disabled={isBusy} onClick={() => unqueue.mutate(queued)}>
          {t("selection.unqueue", { count: queued.length })}
        </Button>
      )}
      <Button size="sm" icon="trash" disabled={isBusy} onClick={() => setAsking("delete")}>
        {t("selection.delete")}
      </Button>
      <Button size="sm" kind="ghost" onClick={onClear}>
        {t("clear")}
      </Button>
      {asking === "delete" && (
        <DeleteSelectedDialog
          runs={selected}
          onClose={() => setAsking(null)}
          onDelete={(chosen) => remove.mutate(chosen)}
        />
      )}
      {asking === "tags" && (
        <TagSelectedDialog
          runs={runs}
          selected={selected}
          onClose={() => setAsking(null)}
          onKeep={(wishes) => tag.mutate({ runs: selected, wishes })}
        />
      )}
    </div>
  );
}

/** Opens the chat with the selected runs, and the base first where there is room. */
function CompareAnswers({ runs }: { runs: readonly RunSummary[] }) {
  const t = useTranslations("runs");
  const finished = runs.filter((run) => run.status === "finished" || run.status === "stopped");
  if (finished.length === 0) return null;
  const address = chatHref(`base:${finished[0]!.model}`, ...finished.map((run) => `run:${run.id}`));
  return (
    <Link prefetch={false} className={buttonClass("plain", "sm")} href={address}>
      {t("compareAnswers")}
    </Link>
  );
}
