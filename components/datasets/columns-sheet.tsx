"use client";
/** What the columns of a dataset mean, said anew; the file itself stays as it is. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { planDataset, shortEntry } from "@/server/contract/dataset-plan";
import {
  guessMapping,
  guessPreset,
  missingMeaning,
  PRESETS,
  type Preset,
} from "@/server/contract/dataset-presets";
import type { DatasetDetail } from "@/server/contract/datasets";
import { Button } from "../ui/button";
import { Sheet } from "../ui/dialog";
import { Message } from "../ui/message";
import { changeEntry, rowPageQuery } from "./dataset-queries";
import { MappedPreview, MappingForm, type MappingValue } from "./mapping-form";
import { useDone } from "./use-done";

/** Presets that do not rewrite rows. */
const KEPT_AS_THEY_ARE: readonly Preset[] = PRESETS.filter((preset) => !["qa", "reasoning"].includes(preset));

function firstGuess(sample: readonly unknown[], fileKind: string, columns: readonly string[]) {
  const guess = guessPreset(sample, fileKind);
  if (KEPT_AS_THEY_ARE.includes(guess.preset)) return guess;
  return { preset: "alpaca" as const, mapping: guessMapping("alpaca", columns) };
}

export function ColumnsSheet({ dataset, onClose }: { dataset: DatasetDetail; onClose: () => void }) {
  const t = useTranslations("datasets");
  const done = useDone();
  const { name, file_kind, columns } = dataset;
  const sample = useQuery(rowPageQuery(name, 0)).data?.items ?? [];
  const [chosen, setChosen] = useState<MappingValue | null>(null);
  // A table is read as it stands here; converting is for files that come in.
  const fileKind = file_kind === ".csv" ? ".jsonl" : (file_kind ?? ".jsonl");
  const value = chosen ?? { ...firstGuess(sample, fileKind, columns), system: "" };
  const isWhole = missingMeaning(value.preset, value.mapping) === null;
  const plan = isWhole ? planDataset({ ...value, fileKind, sample }) : null;
  const saving = useMutation({
    mutationFn: (entry: Record<string, unknown>) => changeEntry(name, entry),
    onSuccess: ({ undo }) => {
      onClose();
      done(t("columnsSaved", { name }), undo);
    },
  });

  function save() {
    if (!plan) return;
    const { file_name: _file, ...entry } = shortEntry(plan.entry(name));
    saving.mutate(entry);
  }

  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("columnsOf", { name })}>
      <div className="grid gap-4">
        <MappingForm
          value={value}
          onChange={setChosen}
          presets={KEPT_AS_THEY_ARE}
          columns={columns}
          canConvert={false}
        />
        <MappedPreview value={value} sample={sample} fileKind={fileKind} />
        {plan?.convert && <Message kind="warn">{t("mustConvert")}</Message>}
        {saving.error && <Message kind="bad">{saving.error.message}</Message>}
        <div className="row justify-end">
          <Button onClick={onClose}>{t("remove.cancel")}</Button>
          <Button kind="primary" disabled={!plan || plan.convert !== null || saving.isPending} onClick={save}>
            {t("saveColumns")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
