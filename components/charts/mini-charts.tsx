"use client";
/** Learning rate, gradient norm, speed, rewards and the like, side by side; each only where the run logs it. */
import { memo, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import type { ChartModel, XAxisKind } from "./chart-model";
import { MiniChart, type MiniSeries } from "./mini-chart";
import { STAGE_NAMES } from "./run-curve";

export interface MiniChartsProps {
  model: ChartModel;
  axis: XAxisKind;
  /** The x range in sight. */
  from: number;
  to: number;
  narrow: boolean;
  syncId: string;
  /** The clipping limit of the gradient norm; null where there is none. */
  maxGradNorm: number | null;
}

export const MiniCharts = memo(function MiniCharts({ maxGradNorm, from, to, ...rest }: MiniChartsProps) {
  const t = useTranslations("run.chart");
  const format = useFormat();
  const view = useMemo(() => [from, to] as const, [from, to]);
  const shared = { ...rest, view };
  const lastOf = (series: MiniSeries) =>
    rest.model.rows.findLast((row) => row[series] !== null)?.[series] ?? null;
  const [rate, gradNorm, speed] = [lastOf("lr"), lastOf("gradNorm"), lastOf("tokensPerSecond")];
  const { meanSpeed } = rest.model;

  return (
    <div className="minis mt-6">
      {rate !== null && (
        <MiniChart
          {...shared}
          series="lr"
          title={t("learningRate")}
          figures={format.rate(rate)}
          format={rateTick}
        />
      )}
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
              {meanSpeed !== null && (
                <span className="faint">{t("mean", { mean: format.count(meanSpeed) })}</span>
              )}
            </>
          }
          format={shortCount}
        />
      )}
      {STAGE_NAMES.map((series) => {
        const last = lastOf(series);
        return (
          last !== null && (
            <MiniChart
              key={series}
              {...shared}
              series={series}
              title={t(series)}
              figures={format.loss(last)}
              format={shortValue}
              fromZero={series === "accuracy" || series === "rewardAccuracy"}
            />
          )
        );
      })}
    </div>
  );
});

function shortValue(value: number): string {
  return String(Number(value.toPrecision(2)));
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
