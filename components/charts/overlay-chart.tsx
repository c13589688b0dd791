"use client";
/** The smoothed losses of several runs in one chart, validations as rings, each line named at its end. */
import { CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useManyMetrics } from "@/components/live/use-live";
import type { RunSummary } from "@/server/contract/run";
import { yRange } from "./axis-scale";
import { EndLabels } from "./end-labels";
import { mergeCurves, type OverlayRow } from "./overlay-model";
import { OverlayTooltip } from "./overlay-tooltip";
import { runCurve } from "./run-curve";
import { CURSOR, LINE } from "./series-style";
import { useAxes } from "./use-axes";
import { useNarrow } from "./use-narrow";

export interface OverlayChartProps {
  runs: readonly RunSummary[];
  colours: ReadonlyMap<string, string>;
}

/** Line styles tell runs apart without colour, too. */
const DASHES = ["", "3 2", "8 3", "1 3", "8 3 1 3", "12 4"];

export function OverlayChart({ runs, colours }: OverlayChartProps) {
  const t = useTranslations("runs.comparison");
  const format = useFormat();
  const narrow = useNarrow();
  const metrics = useManyMetrics(runs);
  const model = useMemo(
    () =>
      mergeCurves(runs.map((run, index) => ({ id: run.id, curve: runCurve(metrics[index]?.points ?? []) }))),
    [runs, metrics],
  );
  const { x, y } = useAxes({
    axis: "step",
    dataKey: "step",
    view: [0, model.lastStep],
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
    <ResponsiveContainer width="100%" height={narrow ? 250 : 290}>
      <ComposedChart
        data={model.rows}
        margin={{ top: 10, right: narrow ? 12 : 168, bottom: 0, left: 0 }}
        aria-label={t("label")}
      >
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis {...x} />
        <YAxis {...y} />
        <Tooltip
          isAnimationActive={false}
          cursor={CURSOR}
          content={<OverlayTooltip runs={runs} colours={colours} />}
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
            dot={{ r: 3, fill: "var(--bg)", stroke: colours.get(run.id), strokeWidth: 2 }}
          />
        ))}
        {!narrow && <EndLabels labels={labels} x={model.lastStep} />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function tickText(value: number): string {
  return Number.isInteger(value * 10) ? value.toFixed(1) : String(value);
}
