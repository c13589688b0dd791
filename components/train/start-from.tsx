"use client";
/** From where training starts: the model itself, or the adapter of an earlier run on the same model. */
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { Tooltip } from "../ui/tooltip";
import type { TrainForm } from "./form-defaults";
import { RunPicker } from "./run-picker";
import { SettingExplanation } from "./setting-explanation";
import { useTrainField } from "./use-train-field";

const ADAPTER_METHODS = ["lora", "oft"];

export function StartFrom({ model }: { model: ModelSummary | null }) {
  const t = useTranslations("train");
  const { setValue, getValues } = useFormContext<TrainForm>();
  const { value: adapter, onChange } = useTrainField("adapter_name_or_path");

  function pick(folder: string) {
    onChange(folder);
    if (folder !== "" && !ADAPTER_METHODS.includes(getValues("finetuning_type")))
      setValue("finetuning_type", "lora");
  }

  return (
    <Tooltip text={<SettingExplanation name="adapter_name_or_path" />}>
      <div className="full-m min-w-0">
        <RunPicker
          name="adapter_name_or_path"
          aria-label={t("field.adapter_name_or_path.label")}
          value={adapter}
          fits={(run) => ADAPTER_METHODS.includes(run.method) && run.model === model?.name}
          onChange={pick}
          noneLabel={t("model.itself")}
        />
      </div>
    </Tooltip>
  );
}
