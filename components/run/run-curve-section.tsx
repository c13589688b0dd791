"use client";
/** The parts of the run page that follow the points. They alone render when one comes. */
import dynamic from "next/dynamic";
import { memo, type ReactNode, useDeferredValue, useEffect } from "react";
import { useTranslations } from "use-intl";
import type { RunChartsProps } from "@/components/charts/run-charts";
import { useMetrics } from "@/components/live/use-live";
import type { RunStatus } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { CurveSentence } from "./curve-sentence";

/** The charts weigh as much as the page around them, so they come when that is there. */
const loadCharts = () => import("@/components/charts/run-charts").then((module) => module.RunCharts);
const RunCharts = dynamic(loadCharts, { loading: () => <ChartPlace /> });

/** Fetches the charts as soon as the page is shown, beside the run itself. */
export function useChartsSoon(): void {
  useEffect(() => void loadCharts().catch(() => undefined), []);
}

/** The room of the loss chart, and why it is not there. */
function ChartPlace({ children }: { children?: ReactNode }) {
  const t = useTranslations("run.chart");
  return (
    <figure aria-label={t("loss")} aria-busy={children === undefined}>
      <h2>{t("loss")}</h2>
      <div className="mt-2 grid h-96 place-items-center bg-sunken max-wide:h-56">{children}</div>
    </figure>
  );
}

export interface RunCurveSectionProps extends Omit<RunChartsProps, "points" | "thinned" | "ended"> {
  status: RunStatus;
}

export const RunCurveSection = memo(function RunCurveSection({ id, status, ...facts }: RunCurveSectionProps) {
  const t = useTranslations("run.chart");
  const metrics = useMetrics(id);
  const ended = isEnded(status);
  if (!metrics || metrics.points.length === 0) {
    return (
      <ChartPlace>
        <p className="muted">
          {ended ? t("noPoints") : status === "queued" ? t("waitsInQueue") : t("firstPointSoon")}
        </p>
      </ChartPlace>
    );
  }
  return <RunCharts id={id} points={metrics.points} thinned={metrics.thinned} ended={ended} {...facts} />;
});

export interface RunSentenceProps {
  id: string;
  status: RunStatus;
  /** Steps between two logged losses. */
  logEvery: number;
}

export const RunSentence = memo(function RunSentence({ id, status, logEvery }: RunSentenceProps) {
  const metrics = useMetrics(id);
  // The words may come a moment after the curve.
  const points = useDeferredValue(metrics?.points);
  if (status === "queued" || !points || points.length === 0) return null;
  return <CurveSentence points={points} ended={isEnded(status)} logEvery={logEvery} />;
});
