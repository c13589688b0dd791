"use client";
/** The words at the ends of the loss chart's lines. */
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import type { ChartModel } from "./chart-model";
import type { EndLabel } from "./end-labels";

/** One label for validation, where there is one, and one for training; shorter on a phone. */
export function useLossLabels(model: ChartModel, narrow: boolean): EndLabel[] {
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
