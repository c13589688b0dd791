"use client";
/** One prompt set, being written: its name and its prompts one under the other. Enter begins the next one. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Message } from "@/components/ui/message";
import { TextInput } from "@/components/ui/text-input";
import { type PromptEntry, promptSetNameSchema } from "@/server/contract/prompt-sets";
import { promptSetsQuery, removePromptSet, savePromptSet } from "./prompt-queries";
import { hasContext, questionOf, withQuestion, writtenPrompts } from "./prompt-entries";

export interface PromptSetEditorProps {
  /** "" for a new one. */
  name: string;
  prompts: readonly PromptEntry[];
  /** Names of all sets. */
  taken: readonly string[];
  onDone: () => void;
}

export function PromptSetEditor({ name: before, prompts, taken, onDone }: PromptSetEditorProps) {
  const t = useTranslations("chat.prompts");
  const queries = useQueryClient();
  const [name, setName] = useState(before);
  const [entries, setEntries] = useState<readonly PromptEntry[]>([...prompts, ""]);
  const list = useRef<HTMLOListElement>(null);
  const written = writtenPrompts(entries);
  const checked = promptSetNameSchema.safeParse(name);
  const isTaken = checked.success && checked.data !== before && taken.includes(checked.data);
  const problem = name === "" ? null : !checked.success ? t("badName") : isTaken ? t("taken") : null;

  const saving = useMutation({
    async mutationFn(as: string) {
      await savePromptSet(as, written);
      if (before !== "" && as !== before) await removePromptSet(before);
    },
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: promptSetsQuery.queryKey });
      onDone();
    },
  });

  function save(event: FormEvent) {
    event.preventDefault();
    if (checked.success && !isTaken && written.length > 0) saving.mutate(checked.data);
  }

  /** Changes a prompt; there is always an empty one at the end. */
  function change(index: number, text: string) {
    const next = entries.map((entry, at) => (at === index ? withQuestion(entry, text) : entry));
    setEntries(questionOf(next.at(-1)!) === "" ? next : [...next, ""]);
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    list.current?.querySelectorAll("textarea")[index + 1]?.focus();
  }

  return (
    <form className="grid gap-4" onSubmit={save}>
      <Field
        label={t("name")}
        problem={problem === null ? null : { severity: "error", message: problem }}
        hint={checked.success ? t("file", { path: `prompts/${checked.data}.json` }) : undefined}
      >
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <ol ref={list} className="grid gap-2" aria-label={t("list")}>
        {entries.map((entry, index) => (
          <li key={index} className="row items-start">
            <span className="min-w-0 grow">
              <textarea
                className="control control--area [field-sizing:content] max-h-48 min-h-9 w-full"
                rows={1}
                aria-label={t("prompt", { number: index + 1 })}
                placeholder={t("placeholder")}
                value={questionOf(entry)}
                onChange={(event) => change(index, event.target.value)}
                onKeyDown={(event) => onKeyDown(event, index)}
              />
              {hasContext(entry) && <span className="faint small">{t("context")}</span>}
            </span>
            <IconButton
              icon="close"
              label={t("drop", { number: index + 1 })}
              disabled={index === entries.length - 1}
              onClick={() => setEntries(entries.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      {saving.error && <Message kind="bad">{saving.error.message}</Message>}
      <div className="row justify-end">
        <Button onClick={onDone}>{t("cancel")}</Button>
        <Button
          type="submit"
          kind="primary"
          disabled={!checked.success || isTaken || written.length === 0 || saving.isPending}
        >
          {t("save", { count: written.length })}
        </Button>
      </div>
    </form>
  );
}
