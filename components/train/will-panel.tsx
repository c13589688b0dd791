"use client";
/** "What will happen": the forecast in figures, what stands in the way, the files it makes, and Start. */
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { ConfigTabs } from "./config-tabs";
import { FirstVisitOutlook } from "./first-visit";
import { ForecastFigures } from "./forecast-figures";
import type { TrainForm } from "./form-defaults";
import { ProblemList } from "./problem-list";
import { StartBar, StartFoot } from "./start-button";

export function WillPanel({ simple }: { simple: boolean }) {
  const t = useTranslations("train.will");
  const form = useWatch<TrainForm>() as TrainForm;
  return (
    <>
      <aside className="side" aria-label={t("title")}>
        <div className="stick will">
          <div className="body">
            <h2>{t("title")}</h2>
            <ForecastFigures form={form} />
            <ProblemList />
            {simple ? <FirstVisitOutlook form={form} /> : <ConfigTabs form={form} />}
          </div>
          <StartFoot simple={simple} />
        </div>
      </aside>
      <StartBar />
    </>
  );
}
