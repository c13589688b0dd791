"use client";
/**
 * The charts of one run and their controls. Only this part of the page renders when a point comes. The loss chart is
 * drawn at once; the small ones follow when the browser has time.
 */
import { useDeferredValue, useId, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { Segmented } from "@/components/ui/segmented";
import type { MetricPoint } from "@/server/contract/run";
import { type ChartModel, chartModel } from "./chart-model";
import { ExportMenu } from "./export-menu";
import { LossChart } from "./loss-chart";
import { MiniCharts } from "./mini-charts";
import { runCurve } from "./run-curve";
import { SmoothingControl } from "./smoothing-control";
import { useChartSettings } from "./use-chart-settings";
import { useNarrow } from "./use-narrow";
import { useZoomedPoints } from "./use-zoomed-points";
import { ZoomStrip } from "./zoom-strip";

export interface RunChartsProps {
  id: string;
  name: string;
  points: readonly MetricPoint[];
  /** Lines of a long curve that are not in `points`: a zoom fetches those in sight. */
  thinned: number;
  ended: boolean;
  checkpointSteps: readonly number[];
  saveEvery: number | null;
  /** The clipping limit of the gradient norm; null where there is none. */
  maxGradNorm: number | null;
}

export function RunCharts(props: RunChartsProps) {
  const { id, name, points: held, thinned, ended, checkpointSteps, saveEvery, maxGradNorm } = props;
  const t = useTranslations("run.chart");
  const format = useFormat();
  const [settings, change] = useChartSettings();
  const narrow = useNarrow();
  const syncId = useId();
  // The slider moves at once; the curve follows as fast as it can be drawn.
  const weight = useDeferredValue(settings.weight);
  const figure = useRef<HTMLElement>(null);
  const points = useZoomedPoints({ id, held, thinned, zoom: settings.zoom, axis: settings.axis });
  const curve = useMemo(() => runCurve(points), [points]);
  const model = useMemo(
    () => chartModel(curve, { axis: settings.axis, weight, checkpointSteps, saveEvery, ended }),
    [curve, settings.axis, weight, checkpointSteps, saveEvery, ended],
  );
  // Nothing at first: the loss is on the screen before the small charts are begun.
  const laterModel = useDeferredValue<ChartModel | null>(model, null);
  const axis = settings.axis === "tokens" && !model.hasTokens ? "step" : settings.axis;
  const from = settings.zoom?.from ?? 0;
  const to = settings.zoom?.to ?? model.domain[1];
  const view = useMemo(() => [from, to] as const, [from, to]);
  const last = model.last;

  return (
    <>
      <figure ref={figure}>
        <figcaption className="charthead mb-2">
          <h2>{t("loss")}</h2>
          {thinned > 0 && (
            <span className="faint small" title={t("thinnedTitle")}>
              {t("thinned", { count: format.count(thinned) })}
            </span>
          )}
          <span className="grow" />
          <SmoothingControl
            weight={settings.weight ?? model.weight}
            isAuto={settings.weight === null}
            onChange={(next) => change({ weight: next })}
          />
          <Segmented
            small
            aria-label={t("scale")}
            value={settings.scale}
            onChange={(scale) => change({ scale })}
            options={[
              { value: "linear", label: t("linear") },
              { value: "log", label: t("log") },
            ]}
          />
          <Segmented
            small
            aria-label={t("axis")}
            value={axis}
            onChange={(next) => change({ axis: next })}
            options={[
              { value: "step", label: t("step") },
              { value: "time", label: t("time") },
              {
                value: "tokens",
                label: t("tokens"),
                disabled: !model.hasTokens,
                title: model.hasTokens ? undefined : t("noTokens"),
              },
            ]}
          />
          <ExportMenu runs={[{ id, name }]} figure={figure} fileName={name} />
        </figcaption>
        <LossChart
          model={model}
          axis={axis}
          view={view}
          narrow={narrow}
          syncId={syncId}
          log={settings.scale === "log"}
          description={
            last?.loss == null
              ? t("descriptionEmpty")
              : t("description", { step: last.step, loss: format.loss(last.loss) })
          }
        />
        {laterModel ? (
          <ZoomStrip model={laterModel} zoom={settings.zoom} onZoom={(zoom) => change({ zoom })} />
        ) : (
          <div className="mt-2 h-8 max-wide:hidden" />
        )}
      </figure>
      {laterModel && (
        <MiniCharts
          model={laterModel}
          axis={axis}
          from={from}
          to={settings.zoom?.to ?? laterModel.domain[1]}
          narrow={narrow}
          syncId={syncId}
          maxGradNorm={maxGradNorm}
        />
      )}
    </>
  );
}
