"use client";
/**
 * The charts of one run and their controls. Only this part of the page renders when a point comes; everything is
 * computed from the points once per frame.
 */
import { useDeferredValue, useId, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { Segmented } from "@/components/ui/segmented";
import type { MetricPoint } from "@/server/contract/run";
import { chartModel } from "./chart-model";
import { LossChart } from "./loss-chart";
import { MiniChart } from "./mini-chart";
import { runCurve } from "./run-curve";
import { SmoothingControl } from "./smoothing-control";
import { useChartSettings } from "./use-chart-settings";
import { useNarrow } from "./use-narrow";
import { ZoomStrip } from "./zoom-strip";

export interface RunChartsProps {
  points: readonly MetricPoint[];
  ended: boolean;
  checkpointSteps: readonly number[];
  saveEvery: number | null;
  /** The clipping limit of the gradient norm; null where there is none. */
  maxGradNorm: number | null;
}

export function RunCharts({ points, ended, checkpointSteps, saveEvery, maxGradNorm }: RunChartsProps) {
  const t = useTranslations("run.chart");
  const format = useFormat();
  const [settings, change] = useChartSettings();
  const narrow = useNarrow();
  const syncId = useId();
  // The slider moves at once; the curve follows as fast as it can be drawn.
  const weight = useDeferredValue(settings.weight);
  const curve = useMemo(() => runCurve(points), [points]);
  const model = useMemo(
    () => chartModel(curve, { axis: settings.axis, weight, checkpointSteps, saveEvery, ended }),
    [curve, settings.axis, weight, checkpointSteps, saveEvery, ended],
  );
  const axis = settings.axis === "tokens" && !model.hasTokens ? "step" : settings.axis;
  const view = [settings.zoom?.from ?? 0, settings.zoom?.to ?? model.domain[1]] as const;
  const shared = { model, axis, view, narrow, syncId };
  const last = model.last;
  const speeds = curve.rows.flatMap((row) => row.tokensPerSecond ?? []);
  const meanSpeed = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
  const lastOf = (series: "lr" | "gradNorm" | "tokensPerSecond") =>
    curve.rows.findLast((row) => row[series] !== null)?.[series] ?? null;
  const gradNorm = lastOf("gradNorm");
  const speed = lastOf("tokensPerSecond");
  const rate = lastOf("lr");

  return (
    <>
      <figure>
        <figcaption className="charthead mb-2">
          <h2>{t("loss")}</h2>
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
        </figcaption>
        <LossChart
          {...shared}
          log={settings.scale === "log"}
          description={
            last?.loss == null
              ? t("descriptionEmpty")
              : t("description", { step: last.step, loss: format.loss(last.loss) })
          }
        />
        <ZoomStrip model={model} zoom={settings.zoom} onZoom={(zoom) => change({ zoom })} />
      </figure>
      <div className="minis mt-6">
        <MiniChart
          {...shared}
          series="lr"
          title={t("learningRate")}
          figures={rate === null ? null : format.rate(rate)}
          format={rateTick}
        />
        {gradNorm !== null && (
          <MiniChart
            {...shared}
            series="gradNorm"
            title={t("gradientNorm")}
            figures={
              <>
                {format.loss(gradNorm)}{" "}
                {maxGradNorm !== null && <span className="faint">{t("limit", { limit: maxGradNorm })}</span>}
              </>
            }
            format={String}
          />
        )}
        {speed !== null && (
          <MiniChart
            {...shared}
            series="tokensPerSecond"
            title={t("tokensPerSecond")}
            figures={
              <>
                {format.count(speed)}{" "}
                <span className="faint">{t("mean", { mean: format.count(meanSpeed) })}</span>
              </>
            }
            format={shortCount}
          />
        )}
      </div>
    </>
  );
}

/** 2e-4, 1.5e-4. */
function rateTick(value: number): string {
  if (value === 0) return "0";
  const [digits] = Number(value.toPrecision(2)).toExponential().split("e");
  return value.toExponential(digits!.length > 1 ? 1 : 0);
}

function shortCount(value: number): string {
  return value >= 10_000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);
}
