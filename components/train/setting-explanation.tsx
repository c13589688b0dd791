"use client";
/** What a setting does, the argument that it is, its default, and where an engine does nothing with it. */
import { useTranslations } from "use-intl";
import { useSay } from "../i18n/use-say";
import { COMPOSITES } from "./composite-settings";
import { type NamedField, useFieldWords } from "./field-words";
import { BOARD_DEFAULTS, type FieldName } from "./form-defaults";
import type { SettingName } from "./settings-table";
import type { EngineLimit } from "./use-engine-limits";

export function SettingExplanation({ name, limit = null }: { name: NamedField; limit?: EngineLimit | null }) {
  const t = useTranslations("train");
  const { explain } = useFieldWords();
  const say = useSay();
  const fallback = String(BOARD_DEFAULTS[name satisfies FieldName]);
  const composite = COMPOSITES[name as SettingName]?.arguments ?? [];
  const names = composite.length > 0 ? composite : [name];
  return (
    <>
      {explain(name)} <code>{names.join(", ")}</code>,{" "}
      {t("argumentNote", { value: fallback === "" ? t("none") : fallback })}
      {limit?.kind === "no effect" && (
        <>
          {". "}
          {t("engine.noEffect")} {say(limit.reason)}
        </>
      )}
    </>
  );
}
