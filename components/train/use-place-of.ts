"use client";
/** What a field is called on the page. */
import { useTranslations } from "use-intl";
import { type FieldName, isSetting } from "./form-defaults";

/** The name of a field as the form shows it; null for one that stands nowhere. */
export function usePlaceOf(field: FieldName): string | null {
  const t = useTranslations("train");
  if (isSetting(field)) return t(`field.${field}.label`);
  switch (field) {
    case "template":
    case "adapter_name_or_path":
    case "val_size":
    case "finetuning_type":
    case "stage":
      return t(`field.${field}.label`);
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
