"use client";
/** Which engine trains, and why; it can be chosen here. */
import { useTranslations } from "use-intl";
import { ENGINE_WISHES, type EngineWish } from "@/server/contract/engine-names";
import { useSay } from "../i18n/use-say";
import { Select } from "../ui/select";
import { useTrainPage } from "./train-context";
import { useTrainField } from "./use-train-field";

export function EngineLine() {
  const t = useTranslations("train.engine");
  const say = useSay();
  const { forecast } = useTrainPage();
  const field = useTrainField("engine");
  const engine = forecast?.choice.engine;
  return (
    <div className="fc">
      <div className="row between">
        <span>{t("title")}</span>
        <Select
          aria-label={t("title")}
          data-field="engine"
          className="h-7 w-auto"
          value={field.value}
          options={ENGINE_WISHES.map((each) => ({ value: each, label: nameOf(each) }))}
          onChange={field.onChange}
        />
      </div>
      {field.value === "auto" && forecast && (
        <small className="muted">
          {forecast.choice.ground === "suits" ? t("suits") : say(forecast.choice.reason)}
        </small>
      )}
    </div>
  );

  function nameOf(wish: EngineWish): string {
    if (wish !== "auto") return t(`name.${wish}`);
    return engine ? t("auto", { engine: t(`name.${engine}`) }) : t("name.auto");
  }
}
