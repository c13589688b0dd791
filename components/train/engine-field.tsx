"use client";
/** Which engine does it, for the forms of Evaluate and Export: one that is not ready here says so. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { type EngineId, ENGINE_WISHES, type EngineWish } from "@/server/contract/engine-names";
import { enginesQuery } from "../api/queries";
import { Field } from "../ui/field";
import { Select } from "../ui/select";

export interface EngineFieldProps {
  value: EngineWish;
  onChange: (engine: EngineWish) => void;
  /** The engine that "automatic" means for what is chosen; null while nothing is. */
  automatic: EngineId | null;
  explanation: string;
}

export function EngineField({ value, onChange, automatic, explanation }: EngineFieldProps) {
  const t = useTranslations("train.engine");
  const { data: engines } = useQuery(enginesQuery);
  return (
    <Field label={t("title")} explanation={explanation}>
      {(ids) => (
        <Select
          {...ids}
          value={value}
          onChange={(next) => onChange(next as EngineWish)}
          options={ENGINE_WISHES.map((wish) => ({
            value: wish,
            label:
              wish === "auto" && automatic !== null
                ? t("auto", { engine: t(`name.${automatic}`) })
                : t(`name.${wish}`),
            ...(engines?.items.some(({ id, available }) => id === wish && !available) && {
              disabled: true,
              note: t("notReady"),
            }),
          }))}
        />
      )}
    </Field>
  );
}
