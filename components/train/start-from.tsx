"use client";
/** From where training starts: the model itself, or the adapter of an earlier run on the same model. */
import { useQueryClient } from "@tanstack/react-query";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { runQuery } from "../api/queries";
import { useRuns } from "../live/use-live";
import { Select } from "../ui/select";
import { Tooltip } from "../ui/tooltip";
import type { TrainForm } from "./form-defaults";
import { folderName } from "./model-path";
import { SettingExplanation } from "./setting-explanation";
import { useTrainField } from "./use-train-field";

export function StartFrom({ model }: { model: ModelSummary | null }) {
  const t = useTranslations("train");
  const queries = useQueryClient();
  const { setValue } = useFormContext<TrainForm>();
  const { value: adapter } = useTrainField("adapter_name_or_path");
  const { data: runs = [] } = useRuns();
  const adapters = runs.filter(
    (run) =>
      run.method === "lora" &&
      (run.status === "finished" || run.status === "stopped") &&
      run.model === model?.name,
  );

  async function pick(value: string) {
    const run = adapters.find((each) => each.id === value);
    if (!run) {
      setValue("adapter_name_or_path", value);
      return;
    }
    const { folder } = await queries.ensureQueryData(runQuery(run.id));
    setValue("adapter_name_or_path", folder);
    setValue("finetuning_type", "lora");
  }

  const chosen = adapters.find((run) => run.name === folderName(adapter))?.id ?? adapter;
  const options = [
    { value: "", label: t("model.itself") },
    ...adapters.map((run) => ({ value: run.id, label: run.name })),
  ];
  if (!options.some((option) => option.value === chosen))
    options.push({ value: chosen, label: folderName(chosen) });
  return (
    <Tooltip text={<SettingExplanation name="adapter_name_or_path" />}>
      <div className="full-m min-w-0">
        <Select
          aria-label={t("field.adapter_name_or_path.label")}
          value={chosen}
          options={options}
          onChange={(value) => void pick(value)}
        />
      </div>
    </Tooltip>
  );
}
