"use client";
/** Numbers: the settings that decide how a run goes. */
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useFormat } from "../i18n/use-format";
import { numberOrText } from "./field-text";
import type { TrainForm } from "./form-defaults";
import { FormSection } from "./form-section";
import { SettingField } from "./setting-field";
import { settingsOf } from "./settings-table";

export function NumbersSection() {
  const t = useTranslations("train");
  return (
    <FormSection title={t("section.numbers")}>
      <div className="grid4 grid4--fields">
        {settingsOf("numbers").map((name) =>
          name === "gradient_accumulation_steps" ? (
            <AccumulationField key={name} />
          ) : (
            <SettingField key={name} name={name} />
          ),
        )}
      </div>
    </FormSection>
  );
}

/** Accumulation says what it comes to. */
function AccumulationField() {
  const t = useTranslations("train");
  const format = useFormat();
  const rows = useRowsPerStep();
  return (
    <SettingField
      name="gradient_accumulation_steps"
      unit={rows === null ? undefined : t("unit.perStep", { count: format.count(rows) })}
    />
  );
}

/** Batch size × accumulation; null while one of them is no number. */
export function useRowsPerStep(): number | null {
  const [batch, accumulation] = useWatch<
    TrainForm,
    ["per_device_train_batch_size", "gradient_accumulation_steps"]
  >({
    name: ["per_device_train_batch_size", "gradient_accumulation_steps"],
  });
  const rows = Number(numberOrText(batch)) * Number(numberOrText(accumulation));
  return Number.isFinite(rows) && rows > 0 ? rows : null;
}
