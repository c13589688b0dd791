"use client";
/** The settings that match what was typed into "Find a setting", each with its explanation in the open. */
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import type { TrainForm } from "./form-defaults";
import { ExtraArguments } from "./more-section";
import { SettingField } from "./setting-field";
import { appliesTo, type SettingName, SETTING_NAMES } from "./settings-table";

export interface FindResultsProps {
  text: string;
  onClear: () => void;
}

export function FindResults({ text, onClear }: FindResultsProps) {
  const t = useTranslations("train");
  const [finetuning_type, stage] = useWatch<TrainForm, ["finetuning_type", "stage"]>({
    name: ["finetuning_type", "stage"],
  });
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = SETTING_NAMES.filter((name) => appliesTo(name, { finetuning_type, stage }) && matches(name));
  const extra = words.every((word) => `${t("group.extra.title")} extra`.toLowerCase().includes(word));

  function matches(name: SettingName): boolean {
    const haystack = `${name} ${t(`field.${name}.label`)} ${t(`field.${name}.explain`)}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  }

  return (
    <section className="border-t border-line py-5" aria-live="polite">
      <div className="row between mb-4">
        <h2>{t("found", { count: found.length + (extra ? 1 : 0), text })}</h2>
        <Button kind="link" onClick={onClear}>
          {t("clearFind")}
        </Button>
      </div>
      <div className="grid4--fields grid grid-cols-2 gap-x-6 gap-y-5 max-wide:grid-cols-1">
        {found.map((name) => (
          <SettingField key={name} name={name} explained />
        ))}
      </div>
      {extra && <ExtraArguments />}
    </section>
  );
}
