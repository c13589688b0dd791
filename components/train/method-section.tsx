"use client";
/** How: the method as cards, the stage, and LoRA's own settings. */
import { useQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { EMBEDDED_METHODS, EMBEDDED_STAGES } from "@/server/contract/embedded-arguments";
import type { FINETUNING_TYPES } from "@/server/contract/train-config";
import { STAGES } from "@/server/contract/train-config";
import { enginesQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { Message } from "../ui/message";
import { Segmented } from "../ui/segmented";
import type { TrainForm } from "./form-defaults";
import { problemAt } from "./form-problems";
import { FormSection } from "./form-section";
import { ProblemText } from "./problem-text";
import { SettingField } from "./setting-field";
import { appliesTo, type SettingName, settingsOf } from "./settings-table";
import { useTrainPage } from "./train-context";
import { useForecast } from "./use-forecast";
import { useTrainField } from "./use-train-field";

type Method = (typeof FINETUNING_TYPES)[number];
type Stage = (typeof STAGES)[number];

const CARD_ORDER: readonly Method[] = ["full", "freeze", "lora", "oft"];

export function MethodSection() {
  const t = useTranslations("train");
  const [finetuning_type, stage] = useWatch<TrainForm, ["finetuning_type", "stage"]>({
    name: ["finetuning_type", "stage"],
  });
  const form = { finetuning_type, stage };
  const { problems } = useTrainPage();
  const problem = problemAt(problems, "finetuning_type") ?? problemAt(problems, "stage");
  return (
    <FormSection title={t("section.how")}>
      <MethodCards />
      <StagePicker />
      {problem && (
        <Message kind={problem.severity === "error" ? "bad" : "warn"}>
          <ProblemText problem={problem} />
        </Message>
      )}
      <SettingGrid names={settingsOf("lora").filter((name) => appliesTo(name, form))} />
      <SettingGrid names={settingsOf("preference").filter((name) => appliesTo(name, form))} />
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

function MethodCards() {
  const t = useTranslations("train");
  const { data: engines } = useQuery(enginesQuery);
  const field = useTrainField("finetuning_type");
  const hasOtherEngine =
    engines?.items.some((engine) => engine.id === "llamafactory" && engine.available) ?? false;
  const shown = CARD_ORDER.filter(
    (method) => EMBEDDED_METHODS.includes(method) || hasOtherEngine || method === field.value,
  );
  return (
    <div
      className={`methods ${shown.length === 4 ? "" : "methods--few"}`}
      role="radiogroup"
      aria-label={t("field.finetuning_type.label")}
    >
      {shown.map((method) => {
        const supported = EMBEDDED_METHODS.includes(method);
        return (
          <label key={method} className={`${method === field.value ? "on" : ""} ${supported ? "" : "off"}`}>
            <input
              type="radio"
              name="finetuning_type"
              value={method}
              checked={method === field.value}
              disabled={!supported}
              onChange={() => field.onChange(method)}
            />
            <b>{t(`method.${method}.name`)}</b>
            <p>{t(`method.${method}.says`)}</p>
            <span className="need">
              {supported ? <MethodNeed method={method} /> : t("method.otherEngine")}
            </span>
          </label>
        );
      })}
    </div>
  );
}

/** What a method would take with everything else as it is. */
function MethodNeed({ method }: { method: Method }) {
  const t = useTranslations("train.method");
  const format = useFormat();
  const form = useWatch<TrainForm>() as TrainForm;
  const { forecast } = useForecast({ ...form, finetuning_type: method });
  if (forecast?.memory_bytes == null || forecast.disk_bytes === null) return null;
  return t("need", { memory: format.bytes(forecast.memory_bytes), disk: format.bytes(forecast.disk_bytes) });
}

function StagePicker() {
  const t = useTranslations("train");
  const field = useTrainField("stage");
  const shown = STAGES.filter((stage) => EMBEDDED_STAGES.includes(stage) || stage === field.value);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Segmented<Stage>
        aria-label={t("field.stage.label")}
        value={field.value as Stage}
        options={shown.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
        onChange={field.onChange}
        className="overflow-x-auto"
      />
      <span className="muted text-md">{t(`stageSays.${field.value as Stage}`)}</span>
    </div>
  );
}
