"use client";
/** The loss chart: training raw and smoothed, validation, checkpoints, the part to come, one cursor with the others. */
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { formatX, xTicks, yScale } from "./axis-scale";
import type { ChartModel, ChartRow, XAxisKind } from "./chart-model";
import { CheckpointTicks, type EndLabel, EndLabels, EvalDot, RestNote } from "./chart-marks";
import { LossTooltip } from "./loss-tooltip";

export interface LossChartProps {
  model: ChartModel;
  axis: XAxisKind;
  log: boolean;
  /** The x range in sight. */
  view: readonly [number, number];
  narrow: boolean;
  syncId: string;
  /** Said to screen readers. */
  description: string;
}

export function LossChart({ model, axis, log, view, narrow, syncId, description }: LossChartProps) {
  const t = useTranslations("run.chart");
  const labels = useEndLabels(model, narrow);
  const manyRings = model.rows.filter((row) => row.evalLoss !== null).length > (narrow ? 10 : 24);
  const y = yScale(visibleLosses(model.rows, view), { log, count: 7 });
  const end = Math.min(Math.max(model.now, view[0]), view[1]);
  // The labels stand in the part to come; where that is too small, the plot makes room for them.
  const roomShare = (view[1] - end) / (view[1] - view[0]);
  const labelRoom = labels.length === 0 || roomShare > (narrow ? 0.3 : 0.22) ? 12 : narrow ? 84 : 168;
  // Only a zoomed chart cuts lines off at its sides; else a ring on the last step would lose its half.
  const zoomed = view[0] > 0 || view[1] < model.domain[1];
  const rest = model.now < view[1] && model.now < model.domain[1];

  return (
    <ResponsiveContainer width="100%" height={narrow ? 232 : 408}>
      <ComposedChart
        data={model.rows}
        margin={{ top: 22, right: labelRoom, bottom: 0, left: 0 }}
        syncId={syncId}
        title={t("loss")}
        desc={description}
      >
        {rest && (
          <ReferenceArea
            x1={end}
            x2={view[1]}
            fill="var(--sunken)"
            fillOpacity={1}
            stroke="none"
            ifOverflow="hidden"
          />
        )}
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        {model.epochs.map(({ x, epoch }) => (
          <ReferenceLine
            key={epoch}
            x={x}
            stroke="var(--grid)"
            label={{
              value: t("epoch", { epoch }),
              position: "insideTopLeft",
              fill: "var(--fg-3)",
              fontSize: 12,
            }}
          />
        ))}
        {rest && <ReferenceLine x={end} stroke="var(--line-2)" />}
        <XAxis
          type="number"
          dataKey="x"
          domain={[view[0], view[1]]}
          allowDataOverflow={zoomed}
          ticks={xTicks(axis, view, { count: narrow ? 4 : 10, unit: model.saveEvery })}
          tickFormatter={(value: number) => formatX(axis, value)}
          tickLine={false}
          axisLine={{ stroke: "var(--line-2)" }}
          tick={TICK}
          height={26}
          minTickGap={8}
        />
        <YAxis
          type="number"
          scale={log ? "log" : "linear"}
          domain={y.domain}
          ticks={y.ticks}
          allowDataOverflow={zoomed}
          tickFormatter={tickText}
          tickLine={false}
          axisLine={false}
          tick={TICK}
          width={32}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={CURSOR}
          content={<LossTooltip rows={model.rows} axis={axis} />}
          wrapperStyle={{ zIndex: 3 }}
        />
        <Line
          {...LINE}
          dataKey="raw"
          stroke="var(--s1)"
          strokeWidth={1}
          strokeOpacity={0.4}
          activeDot={false}
        />
        <Line {...LINE} dataKey="loss" stroke="var(--s1)" strokeWidth={2} activeDot={ACTIVE_DOT} />
        <Line
          {...LINE}
          dataKey="evalLoss"
          stroke="var(--s2)"
          strokeWidth={1}
          strokeDasharray="2 3"
          activeDot={false}
          dot={<EvalDot bestStep={model.best?.step} radius={manyRings ? 2.5 : 3.5} />}
        />
        <CheckpointTicks model={model} label={t("checkpoints")} />
        <EndLabels labels={labels} x={end} />
        {rest && model.last && (
          <RestNote x={end} text={t("stepsToGo", { count: model.totalSteps - model.last.step })} />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

export const TICK = { fontSize: 12, fill: "var(--fg-3)" };
export const CURSOR = { stroke: "var(--fg-2)", strokeDasharray: "3 3" };
export const ACTIVE_DOT = { r: 4, fill: "var(--s1)", stroke: "var(--bg)", strokeWidth: 1 };
export const LINE = { type: "linear", dot: false, connectNulls: true, isAnimationActive: false } as const;

/** Ticks keep one decimal where all are of that size, else as many as they need. */
function tickText(value: number): string {
  return value !== 0 && Math.abs(value) < 0.1
    ? value.toPrecision(1)
    : Number.isInteger(value * 10)
      ? value.toFixed(1)
      : String(value);
}

function* visibleLosses(rows: readonly ChartRow[], [low, high]: readonly [number, number]) {
  for (const row of rows) {
    if (row.x < low || row.x > high) continue;
    if (row.raw !== null) yield row.raw;
    if (row.evalLoss !== null) yield row.evalLoss;
  }
}

function useEndLabels(model: ChartModel, narrow: boolean): EndLabel[] {
  const t = useTranslations("run.chart");
  const format = useFormat();
  const labels: EndLabel[] = [];
  const lastEval = model.rows.findLast((row) => row.evalLoss !== null);
  const lastLoss = model.rows.findLast((row) => row.loss !== null);
  if (lastEval && model.best) {
    const isBest = model.best.step === lastEval.step;
    const values = {
      loss: format.loss(lastEval.evalLoss!),
      best: format.loss(model.best.loss),
      step: model.best.step,
    };
    labels.push({
      key: "eval",
      y: lastEval.evalLoss!,
      colour: "var(--s2)",
      text: narrow
        ? t("validationShort", values)
        : isBest
          ? t("validationBest", values)
          : t("validation", values),
      note: narrow || isBest ? undefined : t("bestWas", values),
    });
  }
  if (lastLoss) {
    const loss = format.loss(lastLoss.loss!);
    labels.push({
      key: "train",
      y: lastLoss.loss!,
      colour: "var(--s1)",
      text: narrow ? t("trainShort", { loss }) : t("train", { loss }),
      note: narrow ? undefined : t("rawNote"),
    });
  }
  return labels;
}
