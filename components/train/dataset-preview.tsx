"use client";
/** The rows of the chosen datasets, as the run that the form describes would see them. */
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import type { Encoding } from "@/server/contract/datasets";
import { datasetDetailQuery } from "../datasets/dataset-queries";
import { RowPreview } from "../datasets/row-preview";
import { Segmented } from "../ui/segmented";
import { useTrainField } from "./use-train-field";

export function DatasetPreview({ names }: { names: readonly string[] }) {
  const t = useTranslations("train.data");
  const [picked, setPicked] = useState(names[0] ?? "");
  const name = names.includes(picked) ? picked : (names[0] ?? "");
  const { data } = useQuery(datasetDetailQuery(name));
  const encoding = useFormEncoding();
  return (
    <div className="grid gap-2 text-md">
      {names.length > 1 && (
        <Segmented
          small
          aria-label={t("preview")}
          value={name}
          options={names.map((each) => ({ value: each, label: each }))}
          onChange={setPicked}
        />
      )}
      <RowPreview name={name} entry={data?.entry ?? undefined} encoding={encoding} listClassName="max-h-80" />
    </div>
  );
}

/** What the form says of how rows become tokens; null while no model is chosen. */
function useFormEncoding() {
  const { value: model_name_or_path } = useTrainField("model_name_or_path");
  const { value: template } = useTrainField("template");
  const { value: cutoff_len } = useTrainField("cutoff_len");
  const { value: train_on_prompt } = useTrainField("train_on_prompt");
  const { value: mask_history } = useTrainField("mask_history");
  const { value: enable_thinking } = useTrainField("enable_thinking");
  return useMemo((): Encoding | null => {
    const length = Number(cutoff_len);
    // What is being typed may be no number yet.
    if (model_name_or_path === "" || !Number.isInteger(length) || length <= 0) return null;
    return {
      model_name_or_path,
      template,
      cutoff_len: length,
      train_on_prompt,
      mask_history,
      enable_thinking,
    };
  }, [model_name_or_path, template, cutoff_len, train_on_prompt, mask_history, enable_thinking]);
}
