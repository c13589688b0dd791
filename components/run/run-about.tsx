"use client";
/** What people wrote beside a run: tags and a note; and where it comes from: a sweep, an earlier run. */
import Link from "next/link";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useRuns } from "@/components/live/use-live";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { TextArea } from "@/components/ui/text-input";
import type { RunDetail } from "@/server/contract/run";
import { useRunActions } from "./run-actions";

export function RunAbout({ run }: { run: RunDetail }) {
  const t = useTranslations("run.about");
  const { describe } = useRunActions(run.id);
  const [editing, setEditing] = useState(false);
  return (
    <div className="mb-3">
      <div className="row row--wrap gap-x-3 gap-y-1 text-md">
        <Origin run={run} />
        <Tags tags={run.tags} onChange={(tags) => describe.mutate({ tags })} />
        {!editing && run.notes === "" && (
          <Button size="sm" kind="ghost" icon="edit" onClick={() => setEditing(true)}>
            {t("addNote")}
          </Button>
        )}
      </div>
      {editing ? (
        <NoteField
          note={run.notes}
          onKeep={(notes) => {
            setEditing(false);
            if (notes !== run.notes) describe.mutate({ notes });
          }}
          onDrop={() => setEditing(false)}
        />
      ) : (
        run.notes !== "" && (
          <button
            type="button"
            className="mt-1 block max-w-[80ch] border-l-[3px] border-line-2 pl-3 text-left wrap-anywhere whitespace-pre-wrap hover:bg-hover"
            title={t("editNote")}
            onClick={() => setEditing(true)}
          >
            {run.notes}
          </button>
        )
      )}
    </div>
  );
}

function Origin({ run }: { run: RunDetail }) {
  const t = useTranslations("run.about");
  const { data: runs } = useRuns();
  const earlier = run.continued_from;
  return (
    <>
      {run.sweep && (
        <Link href={`/runs?sweep=${encodeURIComponent(run.sweep.id)}`}>
          {t("sweep", { name: run.sweep.name })}
        </Link>
      )}
      {earlier !== null && (
        <Link href={`/runs/${encodeURIComponent(earlier)}`}>
          {t("continuedFrom", {
            name: runs?.find((other) => other.id === earlier)?.name ?? t("earlierRun"),
          })}
        </Link>
      )}
    </>
  );
}

interface TagsProps {
  tags: readonly string[];
  onChange: (tags: string[]) => void;
}

function Tags({ tags, onChange }: TagsProps) {
  const t = useTranslations("run.about");
  const [draft, setDraft] = useState<string | null>(null);

  function keep() {
    const tag = draft?.trim() ?? "";
    setDraft(null);
    if (tag !== "" && !tags.includes(tag)) onChange([...tags, tag]);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") keep();
    if (event.key === "Escape") setDraft(null);
  }

  return (
    <ul className="row row--wrap gap-1.5" aria-label={t("tags")}>
      {tags.map((tag) => (
        <li key={tag} className="tag inline-flex items-center gap-1">
          <Link className="text-inherit!" href={`/runs?tag=${encodeURIComponent(tag)}`}>
            {tag}
          </Link>
          <button
            type="button"
            className="grid place-items-center hover:text-fg"
            aria-label={t("removeTag", { tag })}
            onClick={() => onChange(tags.filter((other) => other !== tag))}
          >
            <Icon name="close" small />
          </button>
        </li>
      ))}
      <li>
        {draft === null ? (
          <Button size="sm" kind="ghost" icon="plus" onClick={() => setDraft("")}>
            {t("addTag")}
          </Button>
        ) : (
          <input
            autoFocus
            className="control h-7! w-32"
            aria-label={t("addTag")}
            maxLength={40}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={keep}
          />
        )}
      </li>
    </ul>
  );
}

interface NoteFieldProps {
  note: string;
  onKeep: (note: string) => void;
  onDrop: () => void;
}

/** Ctrl or ⌘ with Enter keeps, Escape drops, leaving keeps. */
function NoteField({ note, onKeep, onDrop }: NoteFieldProps) {
  const t = useTranslations("run.about");
  const [draft, setDraft] = useState(note);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onDrop();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onKeep(draft.trim());
  }

  return (
    <TextArea
      autoFocus
      className="mt-1 max-w-[80ch]"
      rows={3}
      maxLength={10_000}
      aria-label={t("note")}
      placeholder={t("notePlaceholder")}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => onKeep(draft.trim())}
    />
  );
}
