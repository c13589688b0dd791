"use client";
/** The smoothed losses of several runs in one chart, validations as rings (the best filled), each line named at its end. */
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useManyMetrics } from "@/components/live/use-live";
import type { RunSummary } from "@/server/contract/run";
import type { XAxisKind } from "./chart-model";
import { yRange } from "./axis-scale";
import { EndLabels } from "./end-labels";
import { mergeCurves, type OverlayModel, type OverlayRow } from "./overlay-model";
import { OverlayTooltip } from "./overlay-tooltip";
import { Plot } from "./plot";
import { GridLines } from "./plot-axes";
import { usePlotCursor } from "./plot-cursor";
import { PlotCursorMark, PlotLine, PlotTip } from "./plot-lines";
import { runCurve } from "./run-curve";
import { useAxes } from "./use-axes";
import { useNarrow } from "./use-narrow";
import { usePlotFrame } from "./use-plot-frame";

export interface OverlayChartProps {
  runs: readonly RunSummary[];
  axis: XAxisKind;
  colours: ReadonlyMap<string, string>;
}

const MAX_LABELS = 8;

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
    view: [0, model.lastX],
    range: yRange(model.values),
    unit: null,
    xCount: narrow ? 4 : 6,
    yCount: 6,
    yFormat: tickText,
  });
  const cursor = usePlotCursor();
  const lines = useMemo(
    () =>
      runs.map((run, index) => ({
        id: run.id,
        value: (row: OverlayRow) => row.loss[run.id],
        colour: colours.get(run.id) ?? "var(--s1)",
        dash: DASHES[index % DASHES.length],
        radius: 3,
      })),
    [runs, colours],
  );
  // Many names at the lines' ends would only cover each other; the table beside the chart names them too.
  const isCrowded = runs.length > MAX_LABELS;
  const right = narrow || isCrowded ? 12 : 168;
  const margin = useMemo(() => ({ top: 10, right, bottom: 26, left: 32 }), [right]);
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
    <Plot
      height={narrow ? 250 : 290}
      margin={margin}
      x={x}
      y={y}
      rows={model.rows}
      cursor={cursor}
      keys
      label={t("label")}
      over={
        <PlotTip cursor={cursor} rows={model.rows}>
          {(row) => <OverlayTooltip row={row} runs={runs} colours={colours} axis={axis} />}
        </PlotTip>
      }
    >
      <GridLines ticks={y.ticks} />
      {lines.map(({ id, value, colour, dash }) => (
        <PlotLine
          key={id}
          rows={model.rows}
          value={value}
          stroke={colour}
          strokeWidth={2}
          strokeDasharray={dash}
        />
      ))}
      {lines.map(({ id, colour }) => (
        <Rings key={id} id={id} colour={colour} model={model} />
      ))}
      {!narrow && !isCrowded && <EndLabels labels={labels} x={model.lastX} />}
      <PlotCursorMark cursor={cursor} rows={model.rows} dots={lines} />
    </Plot>
  );
}

function tickText(value: number): string {
  return Number.isInteger(value * 10) ? value.toFixed(1) : String(value);
}

/** A ring for each validation of a run, filled where it is the best. */
function Rings({ id, colour, model }: { id: string; colour: string; model: OverlayModel }) {
  const { x, y } = usePlotFrame();
  return model.rows.map((row) => {
    const loss = row.evalLoss[id];
    if (loss === undefined) return null;
    const isBest = row.x === model.best.get(id)?.x;
    return (
      <circle
        key={row.x}
        cx={x(row.x)}
        cy={y(loss)}
        r={isBest ? 4 : 3}
        fill={isBest ? colour : "var(--bg)"}
        stroke={colour}
        strokeWidth={2}
      />
    );
  });
}
