"use client";
/** The parts of the run page that follow the points. They alone render when one comes. */
import { memo, useDeferredValue } from "react";
import { useTranslations } from "use-intl";
import { RunCharts, type RunChartsProps } from "@/components/charts/run-charts";
import { useMetrics } from "@/components/live/use-live";
import { isEnded, type RunStatus } from "@/server/contract/run";
import { CurveSentence } from "./curve-sentence";

export interface RunCurveSectionProps extends Omit<RunChartsProps, "points" | "thinned" | "ended"> {
  status: RunStatus;
}

export const RunCurveSection = memo(function RunCurveSection({ id, status, ...facts }: RunCurveSectionProps) {
  const t = useTranslations("run.chart");
  const metrics = useMetrics(id);
  const ended = isEnded(status);
  if (!metrics || metrics.points.length === 0) {
    return (
      <figure aria-label={t("loss")}>
        <h2>{t("loss")}</h2>
        <div className="mt-2 grid h-96 place-items-center bg-sunken max-wide:h-56">
          <p className="muted">
            {ended ? t("noPoints") : status === "queued" ? t("waitsInQueue") : t("firstPointSoon")}
          </p>
        </div>
      </figure>
    );
  }
  return <RunCharts id={id} points={metrics.points} thinned={metrics.thinned} ended={ended} {...facts} />;
});

export const RunSentence = memo(function RunSentence({ id, status }: { id: string; status: RunStatus }) {
  const metrics = useMetrics(id);
  // The words may come a moment after the curve.
  const points = useDeferredValue(metrics?.points);
  if (status === "queued" || !points || points.length === 0) return null;
  return <CurveSentence points={points} />;
});
