"use client";
/** The smoothed losses of several runs in one chart, validations as rings (the best filled), each line named at its end. */
import { type DotItemDotProps, Line, Tooltip, XAxis, YAxis } from "recharts";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useManyMetrics } from "@/components/live/use-live";
import type { RunSummary } from "@/server/contract/run";
import { GridLines } from "./chart-backdrop";
import type { XAxisKind } from "./chart-model";
import { yRange } from "./axis-scale";
import { EndLabels } from "./end-labels";
import { mergeCurves, type OverlayRow } from "./overlay-model";
import { OverlayTooltip } from "./overlay-tooltip";
import { runCurve } from "./run-curve";
import { CURSOR, LINE } from "./series-style";
import { SizedChart } from "./sized-chart";
import { useAxes } from "./use-axes";
import { useNarrow } from "./use-narrow";

export interface OverlayChartProps {
  runs: readonly RunSummary[];
  axis: XAxisKind;
  colours: ReadonlyMap<string, string>;
}

const MAX_LABELS = 8;

/** A ring for each validation, filled where it is the run's best. */
function ringFor(colour: string, bestX: number | undefined) {
  return function Ring({ cx, cy, payload, key }: DotItemDotProps) {
    if (cx === undefined || cy === undefined) return <g key={key} />;
    const isBest = (payload as OverlayRow).x === bestX;
    return (
      <circle
        key={key}
        cx={cx}
        cy={cy}
        r={isBest ? 4 : 3}
        fill={isBest ? colour : "var(--bg)"}
        stroke={colour}
        strokeWidth={2}
      />
    );
  };
}

/** Line styles tell runs apart without colour, too. */
const DASHES = ["", "3 2", "8 3", "1 3", "8 3 1 3", "12 4"];

export function OverlayChart({ runs, colours, axis }: OverlayChartProps) {
  const t = useTranslations("runs.comparison");
  const format = useFormat();
  const narrow = useNarrow();
  const metrics = useManyMetrics(runs);
  const model = useMemo(
    () =>
      mergeCurves(
        runs.map((run, index) => ({ id: run.id, curve: runCurve(metrics[index]?.points ?? []) })),
        axis,
      ),
    [runs, metrics, axis],
  );
  const { x, y } = useAxes({
    axis,
    dataKey: "x",
    view: [0, model.lastX],
    range: yRange(model.values),
    unit: null,
    xCount: narrow ? 4 : 6,
    yCount: 6,
    yFormat: tickText,
    yWidth: 32,
    height: 26,
    zoomed: false,
  });
  if (model.rows.length === 0) return <p className="muted mt-2">{t("noPoints")}</p>;
  // Many names at the lines' ends would only cover each other; the table beside the chart names them too.
  const isCrowded = runs.length > MAX_LABELS;
  const labels = runs.flatMap((run) => {
    const end = model.ends.get(run.id);
    if (!end) return [];
    const best =
      run.best_eval_loss === null ? undefined : t("bestOf", { loss: format.loss(run.best_eval_loss) });
    return [
      {
        key: run.id,
        y: end.loss,
        colour: colours.get(run.id) ?? "var(--s1)",
        text: run.name,
        note: best,
      },
    ];
  });
  return (
    <SizedChart
      height={narrow ? 250 : 290}
      data={model.rows}
      margin={{ top: 10, right: narrow || isCrowded ? 12 : 168, bottom: 0, left: 0 }}
      aria-label={t("label")}
    >
      <GridLines ticks={y.ticks} />
      <XAxis {...x} />
      <YAxis {...y} />
      <Tooltip
        isAnimationActive={false}
        cursor={CURSOR}
        content={<OverlayTooltip runs={runs} colours={colours} axis={axis} />}
      />
      {runs.map((run, index) => (
        <Line
          {...LINE}
          key={run.id}
          dataKey={(row: OverlayRow) => row.loss[run.id] ?? null}
          stroke={colours.get(run.id)}
          strokeWidth={2}
          strokeDasharray={DASHES[index % DASHES.length]}
          activeDot={{ r: 3, stroke: "var(--bg)" }}
        />
      ))}
      {runs.map((run) => (
        <Line
          {...LINE}
          key={`${run.id} validation`}
          dataKey={(row: OverlayRow) => row.evalLoss[run.id] ?? null}
          stroke="none"
          activeDot={false}
          dot={ringFor(colours.get(run.id) ?? "var(--s1)", model.best.get(run.id)?.x)}
        />
      ))}
      {!narrow && !isCrowded && <EndLabels labels={labels} x={model.lastX} />}
    </SizedChart>
  );
}

function tickText(value: number): string {
  return Number.isInteger(value * 10) ? value.toFixed(1) : String(value);
}
