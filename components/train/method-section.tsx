"use client";
/** How: the method as cards, the stage, and LoRA's own settings. */
import { useMemo } from "react";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { FINETUNING_TYPES } from "@/server/contract/training-choices";
import { STAGES } from "@/server/contract/training-choices";
import { useFormat } from "../i18n/use-format";
import { Message } from "../ui/message";
import { Segmented } from "../ui/segmented";
import type { TrainForm } from "./form-defaults";
import { FormSection } from "./form-section";
import { ProblemText } from "./problem-text";
import { SettingField } from "./setting-field";
import { type SettingName, settingsOf } from "./settings-table";
import { TrainAdvice } from "./train-advice";
import { useProblemAt, useTrainPage } from "./train-context";
import { isEmbeddedMethod } from "./use-engine-limits";
import { useApplying } from "./use-applying";
import { useFollowChoice } from "./use-follow-choice";
import { useForecast } from "./use-forecast";
import { useTrainField } from "./use-train-field";

type Method = (typeof FINETUNING_TYPES)[number];
type Stage = (typeof STAGES)[number];

const CARD_ORDER: readonly Method[] = ["full", "freeze", "lora", "oft"];

export function MethodSection() {
  const t = useTranslations("train");
  const applies = useApplying();
  const methodProblem = useProblemAt("finetuning_type");
  const stageProblem = useProblemAt("stage");
  const problem = methodProblem ?? stageProblem;
  return (
    <FormSection title={t("section.how")}>
      <MethodCards />
      <StagePicker />
      {problem && (
        <Message kind={problem.severity === "error" ? "bad" : "warn"}>
          <ProblemText problem={problem} />
        </Message>
      )}
      <SettingGrid names={settingsOf("lora").filter(applies)} />
      <SettingGrid names={settingsOf("preference").filter(applies)} />
      <TrainAdvice />
    </FormSection>
  );
}

function SettingGrid({ names }: { names: readonly SettingName[] }) {
  if (names.length === 0) return null;
  return (
    <div className="grid4 grid4--fields">
      {names.map((name) => (
        <SettingField key={name} name={name} />
      ))}
    </div>
  );
}

export function MethodCards() {
  const t = useTranslations("train");
  const field = useTrainField("finetuning_type");
  const choose = useFollowChoice();
  const engine = useWatch<TrainForm, "engine">({ name: "engine" });
  return (
    <div className="methods" role="radiogroup" aria-label={t("field.finetuning_type.label")}>
      {CARD_ORDER.map((method) => (
        <label key={method} className={method === field.value ? "on" : ""}>
          <input
            type="radio"
            name="finetuning_type"
            value={method}
            checked={method === field.value}
            onChange={() => choose({ finetuning_type: method })}
          />
          <b>{t(`method.${method}.name`)}</b>
          <p>{t(`method.${method}.says`)}</p>
          <span className="need">
            {engine === "llamafactory" || isEmbeddedMethod(method) ? (
              <MethodNeed method={method} />
            ) : (
              t("method.otherEngine")
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

/** What a method would take with everything else as it is. */
function MethodNeed({ method }: { method: Method }) {
  const t = useTranslations("train.method");
  const format = useFormat();
  const { form } = useTrainPage();
  const asked = useMemo(() => ({ ...form, finetuning_type: method }), [form, method]);
  const { forecast } = useForecast(asked);
  if (forecast?.memory_bytes == null || forecast.disk_bytes === null) return null;
  return t("need", { memory: format.bytes(forecast.memory_bytes), disk: format.bytes(forecast.disk_bytes) });
}

function StagePicker() {
  const t = useTranslations("train");
  const field = useTrainField("stage");
  const choose = useFollowChoice();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Segmented<Stage>
        aria-label={t("field.stage.label")}
        value={field.value as Stage}
        options={STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
        onChange={(stage) => choose({ stage })}
        className="overflow-x-auto"
      />
      <span className="muted text-md">{t(`stageSays.${field.value as Stage}`)}</span>
    </div>
  );
}
