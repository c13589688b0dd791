"use client";
/** "What will happen": the forecast in figures, what stands in the way, the files it makes, and Start. */
import { useTranslations } from "use-intl";
import { ConfigTabs } from "./config-tabs";
import { EngineLine } from "./engine-line";
import { FirstVisitOutlook } from "./first-visit";
import { ForecastFigures } from "./forecast-figures";
import { ProblemList } from "./problem-list";
import { StartBar, StartFoot } from "./start-button";
import { useTrainPage } from "./train-context";

export function WillPanel({ simple }: { simple: boolean }) {
  const t = useTranslations("train.will");
  const { form } = useTrainPage();
  return (
    <>
      <aside className="side" aria-label={t("title")}>
        <div className="stick will">
          <div className="body">
            <h2>{t("title")}</h2>
            <ForecastFigures form={form} />
            {!simple && <EngineLine />}
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
