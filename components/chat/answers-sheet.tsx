"use client";
/** A conversation as training data: whose answers, in which form, into which dataset or file. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { datasetListQuery } from "@/components/datasets/dataset-queries";
import { useDone } from "@/components/datasets/use-done";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Sheet } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import { saveFile } from "@/components/ui/save-file";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { datasetNameFrom } from "@/server/contract/datasets";
import { addExamples, addPairs } from "./add-rows";
import type { ChatSettings } from "./chat-settings";
import type { Turn } from "./conversation";
import { CONVERSATION_ENTRY, examplesOf, openAiRow, pairRow, pairsOf, rowFor } from "./training-rows";

export interface AnswersSheetProps {
  turns: readonly Turn[];
  /** Of the conversation: names the file. */
  title: string;
  targets: readonly { id: string; name: string }[];
  settings: ChatSettings;
  /** Another dataset for answers, also for those that are added one by one. */
  onDataset: (name: string) => void;
  onClose: () => void;
}

type Form = "sharegpt" | "openai" | "pairs";

export function AnswersSheet({ turns, title, targets, settings, onDataset, onClose }: AnswersSheetProps) {
  const t = useTranslations("chat.answers");
  const done = useDone();
  const [target, setTarget] = useState(targets.at(-1)?.id ?? "");
  const [form, setForm] = useState<Form>("sharegpt");
  const [pairName, setPairName] = useState("chat_pairs");
  const { data: datasets } = useQuery(datasetListQuery);
  const { asking } = settings;
  const examples = useMemo(() => examplesOf(turns, target, asking), [turns, target, asking]);
  const pairs = useMemo(() => pairsOf(turns, asking), [turns, asking]);
  const isPairs = form === "pairs";
  const count = isPairs ? pairs.length : examples.length;
  const name = isPairs ? pairName : settings.dataset;
  const known = (datasets?.items ?? []).filter(
    ({ ranking, problem }) => ranking === isPairs && problem === null,
  );
  const pick = (typed: string) => (isPairs ? setPairName : onDataset)(datasetNameFrom(typed));

  const adding = useMutation({
    mutationFn: () =>
      isPairs
        ? addPairs(name, pairs, (its) => t("noPlace", { name: its }))
        : addExamples(name, examples, (its) => t("noPlace", { name: its })),
    onSuccess({ undo }) {
      done(t("added", { count, name }), undo);
      onClose();
    },
  });

  function download() {
    const rows =
      form === "pairs"
        ? pairs.map(pairRow)
        : form === "openai"
          ? examples.map(openAiRow)
          : examples.map((example) => rowFor(example, CONVERSATION_ENTRY));
    const isLines = form === "openai";
    const text = isLines
      ? rows.map((row) => `${JSON.stringify(row)}\n`).join("")
      : JSON.stringify(rows, null, 2);
    saveFile(
      new Blob([text], { type: "application/json" }),
      `${datasetNameFrom(title)}.${isLines ? "jsonl" : "json"}`,
    );
  }

  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <Field label={t("form")} explanation={t("formWhy")}>
        {() => (
          <Segmented<Form>
            aria-label={t("form")}
            value={form}
            onChange={setForm}
            options={[
              { value: "sharegpt", label: "ShareGPT" },
              { value: "openai", label: "OpenAI" },
              { value: "pairs", label: t("pairs"), disabled: pairs.length === 0, title: t("pairsWhy") },
            ]}
          />
        )}
      </Field>
      {!isPairs && (
        <Field label={t("whose")}>
          {(ids) => (
            <Select
              {...ids}
              value={target}
              onChange={setTarget}
              options={targets.map(({ id, name: its }) => ({ value: id, label: its }))}
            />
          )}
        </Field>
      )}
      <p className="muted" role="status">
        {isPairs ? t("pairRows", { count }) : t("rows", { count })}
      </p>
      <Field label={t("dataset")} hint={isPairs ? undefined : t("datasetHint")}>
        {(ids) => (
          <Combobox
            options={known.map((dataset) => ({
              value: dataset.name,
              text: dataset.name,
              content: dataset.name,
              selected: dataset.name === name,
            }))}
            onPick={pick}
            placeholder={t("find")}
            empty={() => t("typeName")}
            typedWords={(typed) => t("newDataset", { name: datasetNameFrom(typed) })}
          >
            <button type="button" role="combobox" className="control" {...ids}>
              <span className="clip">
                {name}
                {datasets && !datasets.items.some((each) => each.name === name) && (
                  <span className="faint"> {t("isNew")}</span>
                )}
              </span>
              <Icon name="down" />
            </button>
          </Combobox>
        )}
      </Field>
      {adding.error && <Message kind="bad">{adding.error.message}</Message>}
      <div className="row justify-end">
        <Button icon="download" disabled={count === 0} onClick={download}>
          {t("download")}
        </Button>
        <Button kind="primary" disabled={count === 0 || adding.isPending} onClick={() => adding.mutate()}>
          {t("add", { count })}
        </Button>
      </div>
    </Sheet>
  );
}
