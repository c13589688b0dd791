"use client";
/** "What will happen": the forecast in figures, what stands in the way, the files it makes, and Start. */
import { useTranslations } from "use-intl";
import { FirstVisitOutlook } from "./first-visit";
import { ForecastFigures } from "./forecast-figures";
import type { WholeForm } from "./late-parts";
import { ProblemList } from "./problem-list";
import { StartBar, StartFoot } from "./start-button";
import { useTrainPage } from "./train-context";

/** @param whole null on the first visit, which shows what the model will have learnt in place of files */
export function WillPanel({ whole }: { whole: WholeForm | null }) {
  const t = useTranslations("train.will");
  const { form } = useTrainPage();
  return (
    <>
      <aside className="side" aria-label={t("title")}>
        <div className="stick will">
          <div className="body">
            <h2>{t("title")}</h2>
            <ForecastFigures form={form} />
            {whole && <whole.EngineLine />}
            <ProblemList />
            {whole ? <whole.ConfigTabs form={form} /> : <FirstVisitOutlook form={form} />}
          </div>
          <StartFoot simple={whole === null} />
        </div>
      </aside>
      <StartBar />
    </>
  );
}
