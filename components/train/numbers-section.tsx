"use client";
/** Numbers: the settings that decide how a run goes. */
import { useTranslations } from "use-intl";
import { useFormat } from "../i18n/use-format";
import { FormSection } from "./form-section";
import { SettingField } from "./setting-field";
import { settingsOf } from "./settings-table";
import { useRowsPerStep } from "./use-rows-per-step";

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
