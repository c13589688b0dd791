"use client";
/** One setting of the table with its label, explanation, control, dot and problem. */
import { useTranslations } from "use-intl";
import { Checkbox } from "../ui/checkbox";
import { Field, type FieldIds } from "../ui/field";
import { Select } from "../ui/select";
import { TextInput } from "../ui/text-input";
import { isChanged } from "./form-changes";
import { BOARD_DEFAULTS } from "./form-defaults";
import { problemAt } from "./form-problems";
import { ProblemText } from "./problem-text";
import { SettingExplanation } from "./setting-explanation";
import { type SettingName, SETTINGS } from "./settings-table";
import { useTrainPage } from "./train-context";
import { useTrainField } from "./use-train-field";

export interface SettingFieldProps {
  name: SettingName;
  /** Words inside the control, at its right, in place of the setting's own unit. */
  unit?: string;
  /** Shows the explanation under the control, not on hover. */
  explained?: boolean;
}

export function SettingField({ name, unit, explained = false }: SettingFieldProps) {
  const t = useTranslations("train");
  const { problems } = useTrainPage();
  const field = useTrainField(name);
  const { control } = SETTINGS[name];
  const problem = problemAt(problems, name);
  const fallback = String(BOARD_DEFAULTS[name]);
  const explanation = <SettingExplanation name={name} />;

  return (
    <Field
      label={t(`field.${name}.label`)}
      className={control.kind === "switch" ? "field--switch" : ""}
      explanation={explained ? undefined : explanation}
      hint={explained ? explanation : undefined}
      changed={
        isChanged(name, field.value)
          ? {
              label: t("resetTo", { value: fallback === "" ? t("none") : fallback, argument: name }),
              onReset: () => field.onChange(BOARD_DEFAULTS[name]),
            }
          : undefined
      }
      problem={problem && { severity: problem.severity, message: <ProblemText problem={problem} named /> }}
      problemAcrossRow
    >
      {(ids) => <SettingControl name={name} ids={ids} field={field} unit={unit} />}
    </Field>
  );
}

interface SettingControlProps {
  name: SettingName;
  ids: FieldIds;
  field: { value: string | boolean; onChange: (value: string | boolean) => void };
  unit?: string;
}

function SettingControl({ name, ids, field, unit }: SettingControlProps) {
  const t = useTranslations("train");
  const { control } = SETTINGS[name];
  if (control.kind === "switch" || typeof field.value === "boolean") {
    return (
      <span className="flex h-8 items-center">
        <Checkbox checked={field.value === true} onChange={field.onChange} {...ids}>
          {t(field.value === true ? "on" : "off")}
        </Checkbox>
      </span>
    );
  }
  if (control.kind === "choice") {
    const options = [...new Set([...control.choices, field.value])].map((value) => ({ value, label: value }));
    return <Select value={field.value} options={options} onChange={field.onChange} {...ids} />;
  }
  const own = control.kind === "number" && control.unit && t(`unit.${control.unit}`);
  return (
    <TextInput
      {...ids}
      name={name}
      value={field.value}
      onChange={(event) => field.onChange(event.target.value)}
      inputMode={control.kind === "number" ? "decimal" : undefined}
      autoComplete="off"
      spellCheck={false}
      lead={name === "save_steps" ? t("every") : undefined}
      unit={unit ?? (own || undefined)}
      placeholder={placeholderOf(name, t)}
    />
  );
}

function placeholderOf(
  name: SettingName,
  t: ReturnType<typeof useTranslations<"train">>,
): string | undefined {
  if (name === "max_samples") return t("all");
  if (name === "lora_alpha") return t("twiceRank");
  return undefined;
}
