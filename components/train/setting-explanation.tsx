"use client";
/** What a setting does, the argument that it is, and its default. */
import { useTranslations } from "use-intl";
import { BOARD_DEFAULTS, type FieldName } from "./form-defaults";
import type { SettingName } from "./settings-table";

export type ExplainedName =
  SettingName | "template" | "adapter_name_or_path" | "val_size" | "finetuning_type" | "stage";

export function SettingExplanation({ name }: { name: ExplainedName }) {
  const t = useTranslations("train");
  const fallback = String(BOARD_DEFAULTS[name satisfies FieldName]);
  return (
    <>
      {t(`field.${name}.explain`)}{" "}
      <span className="nowrap">
        <code>{name}</code>, {t("argumentNote", { value: fallback === "" ? t("none") : fallback })}
      </span>
    </>
  );
}
