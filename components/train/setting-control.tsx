"use client";
/** The control of a setting, by its kind. */
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { Checkbox } from "../ui/checkbox";
import type { FieldIds } from "../ui/field";
import { Select } from "../ui/select";
import { TextArea, TextInput } from "../ui/text-input";
import { DatasetChips } from "./dataset-chips";
import { RunPicker } from "./run-picker";
import { choicesOf, type SettingName, SETTINGS } from "./settings-table";
import type { EngineLimit } from "./use-engine-limits";

/** Its group is folded at first. */
const PromptSetPicker = dynamic(() => import("./prompt-set-picker").then((module) => module.PromptSetPicker));

export interface SettingControlProps {
  name: SettingName;
  ids: FieldIds;
  field: { value: string | boolean; onChange: (value: string | boolean) => void };
  unit?: string;
  limit: EngineLimit | null;
}

export function SettingControl({ name, ids, field, unit, limit }: SettingControlProps) {
  const t = useTranslations("train");
  const { control } = SETTINGS[name];
  if (typeof field.value === "boolean") {
    return (
      <span className="flex h-8 items-center">
        <Checkbox data-field={name} checked={field.value} onChange={field.onChange} {...ids}>
          {t(field.value ? "on" : "off")}
        </Checkbox>
      </span>
    );
  }
  const text = { ...ids, name, value: field.value, autoComplete: "off", spellCheck: false };
  switch (control.kind) {
    case "choice": {
      const others = new Set(choicesOf(name));
      const values = others.has(field.value) ? [...others] : [...others, field.value];
      const options = values.map((value) => ({
        value,
        label: value === "" ? t("none") : value,
        note: limit?.kind === "some" && !limit.values.has(value) ? "llamafactory" : undefined,
      }));
      return (
        <Select data-field={name} value={field.value} options={options} onChange={field.onChange} {...ids} />
      );
    }
    case "datasets":
      return (
        <span className="control control--tall">
          <DatasetChips
            name={name}
            chosen={field.value.split(",").flatMap((each) => each.trim() || [])}
            onChange={(chosen) => field.onChange(chosen.join(","))}
          />
        </span>
      );
    case "run":
      return (
        <RunPicker
          name={name}
          ids={ids}
          value={field.value}
          fits={(run) => run.stage === control.stage}
          onChange={field.onChange}
        />
      );
    case "lines":
      return (
        <>
          <TextArea {...text} rows={3} onChange={(event) => field.onChange(event.target.value)} />
          {name === "sample_prompts" && (
            <span>
              <PromptSetPicker value={field.value} onPick={field.onChange} />
            </span>
          )}
        </>
      );
    default: {
      const isNumber = control.kind === "number" || control.kind === "rate" || control.kind === "pixels";
      const own = control.kind === "number" && control.unit && t(`unit.${control.unit}`);
      return (
        <TextInput
          {...text}
          type={control.kind === "text" && control.secret ? "password" : undefined}
          onChange={(event) => field.onChange(event.target.value)}
          inputMode={isNumber ? "decimal" : undefined}
          lead={name === "save_steps" ? t("every") : undefined}
          unit={unit ?? (own || undefined)}
          placeholder={placeholderOf(name, t)}
        />
      );
    }
  }
}

function placeholderOf(
  name: SettingName,
  t: ReturnType<typeof useTranslations<"train">>,
): string | undefined {
  switch (name) {
    case "max_samples":
      return t("all");
    case "lora_alpha":
      return t("twiceRank");
    case "eval_steps":
      return t("asSaving");
    default:
      return undefined;
  }
}
