"use client";
/** What the overlay chart says at the cursor: the loss of each run that has a point there. */
import type { TooltipContentProps } from "recharts";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import type { RunSummary } from "@/server/contract/run";
import { formatX } from "./axis-scale";
import type { XAxisKind } from "./chart-model";
import type { OverlayRow } from "./overlay-model";

export interface OverlayTooltipProps extends Partial<
  Pick<TooltipContentProps<number, string>, "active" | "payload">
> {
  runs: readonly RunSummary[];
  colours: ReadonlyMap<string, string>;
  axis: XAxisKind;
}

const MOST_LINES = 20;

export function OverlayTooltip({ active, payload, runs, colours, axis }: OverlayTooltipProps) {
  const t = useTranslations("run.chart");
  const format = useFormat();
  const row = payload?.[0]?.payload as OverlayRow | undefined;
  if (!active || !row) return null;
  return (
    <div className="float px-3 py-2 text-sm shadow-none">
      <p className="strong">{axis === "step" ? t("tipStep", { step: row.x }) : formatX(axis, row.x)}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4">
        {runs.slice(0, MOST_LINES).map((run) => {
          const loss = row.loss[run.id] ?? row.evalLoss[run.id];
          return loss === undefined ? null : (
            <div key={run.id} className="contents">
              <dt style={{ color: colours.get(run.id) }}>{run.name}</dt>
              <dd className="text-right">{format.loss(loss)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
