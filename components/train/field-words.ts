"use client";
/**
 * What the form's settings are called and explained with. Those of the settings that lie folded weigh as much as the rest
 * of the form's words, and its first look shows none of them: they come once the page has time, or with the first that is
 * asked for.
 */
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type foldedFields from "../i18n/en/train-advanced-fields";
import type { Locale } from "../i18n/locale";
import { type LateModule, lateModule } from "../ui/late-module";
import type { SettingName } from "./settings-table";

/** The table's settings and those with a control of their own. */
export type NamedField =
  SettingName | "template" | "adapter_name_or_path" | "val_size" | "finetuning_type" | "stage";

type FoldedField = keyof typeof foldedFields;
/** They hold no values to be put in, so they need no compiling. */
type FoldedWords = { default: Record<FoldedField, { label: string; explain: string }> };

const FOLDED: Record<Locale, LateModule<FoldedWords>> = {
  en: lateModule(() => import("../i18n/en/train-advanced-fields")),
  zh: lateModule(() => import("../i18n/zh/train-advanced-fields")),
  ru: lateModule(() => import("../i18n/ru/train-advanced-fields")),
  ko: lateModule(() => import("../i18n/ko/train-advanced-fields")),
  ja: lateModule(() => import("../i18n/ja/train-advanced-fields")),
};

/** The words of folded settings in one language. */
export const foldedWords = (locale: Locale): LateModule<FoldedWords> => FOLDED[locale];

/** Until a folded setting's words are there, the argument itself stands for its name, and nothing for its explanation. */
export function useFieldWords() {
  const t = useTranslations("train");
  const late = foldedWords(useLocale());
  const folded = late.useIfThere()?.default;
  return useMemo(() => {
    function wordsOf(field: FoldedField) {
      if (!folded) late.begin();
      return folded?.[field];
    }
    const isAtHand = (field: NamedField): field is Exclude<NamedField, FoldedField> =>
      t.has(`field.${field as Exclude<NamedField, FoldedField>}.label`);
    return {
      nameOf: (field: NamedField): string =>
        isAtHand(field) ? t(`field.${field}.label`) : (wordsOf(field)?.label ?? field),
      explain: (field: NamedField): string =>
        isAtHand(field) ? t(`field.${field}.explain`) : (wordsOf(field)?.explain ?? ""),
    };
  }, [t, folded, late]);
}
