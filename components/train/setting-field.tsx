"use client";
/** One setting of the table with its label, explanation, control, dot, problem, and what an engine makes of it. */
import { memo } from "react";
import { useTranslations } from "use-intl";
import { Field } from "../ui/field";
import { EngineMark } from "./engine-mark";
import { useFieldWords } from "./field-words";
import { isChanged } from "./form-changes";
import { BOARD_DEFAULTS } from "./form-defaults";
import { ProblemText } from "./problem-text";
import { SettingControl } from "./setting-control";
import { SettingExplanation } from "./setting-explanation";
import { type SettingName, SETTINGS } from "./settings-table";
import { useProblemAt } from "./train-context";
import { useEngineLimit } from "./use-engine-limits";
import { useTrainField } from "./use-train-field";
import { showsUsual, UsualHint, useUsual } from "./usual-hint";

export interface SettingFieldProps {
  name: SettingName;
  /** Words inside the control, at its right, in place of the setting's own unit. */
  unit?: string;
  /** Shows the explanation under the control, not on hover. */
  explained?: boolean;
}

export const SettingField = memo(function SettingField({ name, unit, explained = false }: SettingFieldProps) {
  const t = useTranslations("train");
  const { nameOf } = useFieldWords();
  const field = useTrainField(name);
  const problem = useProblemAt(name);
  const limit = useEngineLimit(name);
  const usual = useUsual(name);
  const { control } = SETTINGS[name];
  const fallback = String(BOARD_DEFAULTS[name]);
  const explanation = <SettingExplanation name={name} limit={limit} />;
  const usualHint = usual && showsUsual(usual, field.value) ? <UsualHint usual={usual} /> : undefined;

  return (
    <Field
      label={nameOf(name)}
      mark={limit?.kind === "refused" && <EngineMark reason={limit.reason} />}
      className={`${control.kind === "switch" ? "field--switch" : ""} ${control.kind === "lines" ? "span4" : ""}`}
      explanation={explained ? undefined : explanation}
      hint={explained ? explanation : usualHint}
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
      {(ids) => <SettingControl name={name} ids={ids} field={field} unit={unit} limit={limit} />}
    </Field>
  );
});
