"use client";
/** Prompt sets: asked in all panes, written, changed, deleted with undo. The same sets are a run's sample prompts. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSay } from "@/components/i18n/use-say";
import { Button, IconButton } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Message } from "@/components/ui/message";
import type { PromptEntry, PromptSet } from "@/server/contract/prompt-sets";
import { promptSetsQuery, removePromptSet, savePromptSet } from "./prompt-queries";
import { questionOf } from "./prompt-entries";
import { UndoLine } from "./undo-line";
import { PromptSetEditor } from "./prompt-set-editor";

export interface PromptSetSheetProps {
  /** What was asked in the conversation: a new set begins with it. */
  questions: readonly string[];
  /** Panes that would be asked. */
  count: number;
  /** Why nothing can be asked now; null where it can. */
  blocked: string | null;
  onAsk: (set: PromptSet) => void;
  onClose: () => void;
}

export function PromptSetSheet({ questions, count, blocked, onAsk, onClose }: PromptSetSheetProps) {
  const t = useTranslations("chat.prompts");
  const say = useSay();
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<PromptSet | null>(null);
  const { data, error } = useQuery(promptSetsQuery);
  const [edited, setEdited] = useState<{ name: string; prompts: readonly PromptEntry[] } | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: promptSetsQuery.queryKey });

  const removing = useMutation({
    mutationFn: (set: PromptSet) => removePromptSet(set.name).then(() => set),
    async onSuccess(set) {
      setRemoved(set);
      await refresh();
    },
  });
  const bringingBack = useMutation({
    mutationFn: ({ name, prompts }: PromptSet) => savePromptSet(name, prompts),
    async onSuccess() {
      setRemoved(null);
      await refresh();
    },
  });

  if (edited) {
    return (
      <Sheet open onOpenChange={(open) => !open && onClose()} title={edited.name || t("new")}>
        <PromptSetEditor
          {...edited}
          taken={data?.items.map(({ name }) => name) ?? []}
          onDone={() => setEdited(null)}
        />
      </Sheet>
    );
  }
  const problem = error ?? removing.error ?? bringingBack.error;
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <p className="muted">{t("explain")}</p>
      {problem && <Message kind="bad">{problem.message}</Message>}
      {removed && removed.problem === null && (
        <UndoLine text={t("removed", { name: removed.name })} onUndo={() => bringingBack.mutate(removed)} />
      )}
      {data?.items.length === 0 && <p className="muted">{t("empty")}</p>}
      <ul className="list" aria-label={t("title")}>
        {data?.items.map((set) => (
          <li key={set.name} className="row between">
            <span className="min-w-0 grow py-1">
              <span className="strong clip block">{set.name}</span>
              <span className="faint small clip block">
                {set.problem === null
                  ? `${t("count", { count: set.prompts.length })} · ${questionOf(set.prompts[0]!)}`
                  : say(set.problem)}
              </span>
            </span>
            <Button
              size="sm"
              disabled={blocked !== null || set.problem !== null}
              title={blocked ?? undefined}
              aria-label={`${t("ask", { count })}: ${set.name}`}
              onClick={() => onAsk(set)}
            >
              {t("ask", { count })}
            </Button>
            <IconButton
              icon="edit"
              label={t("edit", { name: set.name })}
              disabled={set.problem !== null}
              onClick={() => setEdited(set)}
            />
            <IconButton
              icon="trash"
              label={t("remove", { name: set.name })}
              onClick={() => removing.mutate(set)}
            />
          </li>
        ))}
      </ul>
      <div className="row row--wrap">
        <Button icon="plus" onClick={() => setEdited({ name: "", prompts: [] })}>
          {t("new")}
        </Button>
        {questions.length > 0 && (
          <Button icon="plus" onClick={() => setEdited({ name: "", prompts: [...new Set(questions)] })}>
            {t("fromQuestions", { count: new Set(questions).size })}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
