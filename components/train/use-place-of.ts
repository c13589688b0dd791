"use client";
/** What a field is called on the page. */
import { useTranslations } from "use-intl";
import { useFieldWords } from "./field-words";
import { type FieldName, isSetting } from "./form-defaults";

/** The name of a field as the form shows it; null for one that stands nowhere. */
export function usePlaceOf(field: FieldName): string | null {
  const t = useTranslations("train");
  const { nameOf } = useFieldWords();
  if (isSetting(field)) return nameOf(field);
  switch (field) {
    case "template":
    case "adapter_name_or_path":
    case "val_size":
    case "finetuning_type":
    case "stage":
      return nameOf(field);
    case "model_name_or_path":
      return t("section.model");
    case "dataset":
      return t("section.data");
    case "extra":
      return t("group.extra.title");
    default:
      return null;
  }
}
