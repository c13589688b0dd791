"use client";
/** Under a setting: which value is usual for this model and method and why, with the button that takes it. */
import { useContext } from "react";
import { useTranslations } from "use-intl";
import { isUsual, type UsualValue } from "@/server/contract/usual-values";
import { Button } from "../ui/button";
import { numberOrText } from "./field-text";
import { isChanged } from "./form-changes";
import type { SettingName } from "./settings-table";
import { UsualContext } from "./train-context";
import { useTrainField } from "./use-train-field";
import { usualText } from "./usual-settings";

/** What is usual for a setting now; null where any value is. */
export function useUsual(name: SettingName): UsualValue | null {
  return useContext(UsualContext).find(({ argument }) => argument === name) ?? null;
}

/** Whether there is something to say: the value is far from the usual one, or it is that one and not the default for all. */
export function showsUsual(usual: UsualValue, value: string | boolean): boolean {
  const written = numberOrText(String(value).trim());
  if (typeof written !== "number") return false;
  return !isUsual(usual, written) || (written === usual.value && isChanged(usual.argument, String(value)));
}

export function UsualHint({ usual }: { usual: UsualValue }) {
  const t = useTranslations("train.usual");
  const { value, onChange } = useTrainField(usual.argument);
  if (isUsual(usual, Number(numberOrText(value.trim())))) return t(`reason.${usual.reason}`);
  return (
    <>
      {t(`reason.${usual.reason}`)}{" "}
      <Button kind="link" className="text-left whitespace-normal" onClick={() => onChange(usualText(usual))}>
        {t("use", { value: usualText(usual) })}
      </Button>
    </>
  );
}
