"use client";
/** What the loss chart says at the cursor: step, smoothed and raw loss, the validation before it, learning rate. */
import type { TooltipContentProps } from "recharts";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import type { ChartRow, XAxisKind } from "./chart-model";
import { formatX } from "./axis-scale";

export interface LossTooltipProps extends Partial<
  Pick<TooltipContentProps<number, string>, "active" | "payload">
> {
  rows: readonly ChartRow[];
  axis: XAxisKind;
}

export function LossTooltip({ active, payload, rows, axis }: LossTooltipProps) {
  const t = useTranslations("run.chart");
  const format = useFormat();
  const row = payload?.[0]?.payload as ChartRow | undefined;
  if (!active || !row) return null;
  const validation = rows.findLast((other) => other.evalLoss !== null && other.step <= row.step);
  const lines: [string, string][] = [];
  if (row.loss !== null) lines.push([t("tipTrain"), format.loss(row.loss)]);
  if (row.raw !== null) lines.push([t("tipRaw"), String(Number(row.raw.toPrecision(5)))]);
  if (validation)
    lines.push([t("tipValidation", { step: validation.step }), format.loss(validation.evalLoss!)]);
  if (row.lr !== null) lines.push([t("learningRate"), format.rate(row.lr)]);
  if (axis !== "step") lines.push([axis === "time" ? t("time") : t("tokens"), formatX(axis, row.x)]);
  return (
    <div className="float min-w-40 px-3 py-2 text-sm shadow-none">
      <p className="strong">
        {row.epoch === null
          ? t("tipStep", { step: row.step })
          : t("tipStepEpoch", { step: row.step, epoch: row.epoch.toFixed(2) })}
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="muted">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
