"use client";
/** What the curve says, in a sentence or two. */
import { memo, type ReactNode, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { runCurve } from "@/components/charts/run-curve";
import { UNSPACED } from "@/components/i18n/locale";
import { useFormat } from "@/components/i18n/use-format";
import type { MetricPoint } from "@/server/contract/run";
import { type CurveFact, curveFacts } from "./curve-summary";

export interface CurveSentenceProps {
  points: readonly MetricPoint[];
  /** Whether no more points will come. */
  ended: boolean;
  /** Steps between two logged losses. */
  logEvery: number;
}

export const CurveSentence = memo(function CurveSentence({ points, ended, logEvery }: CurveSentenceProps) {
  const t = useTranslations("run.facts");
  const between = UNSPACED.has(useLocale()) ? "" : " ";
  const facts = useMemo(() => curveFacts(runCurve(points)), [points]);
  if (ended && facts.some(({ kind }) => kind === "nothing")) {
    const steps = points.at(-1)?.total_steps ?? 0;
    const isSparse = logEvery > steps && steps > 0;
    return (
      <p className="text-lg">
        {isSparse ? t("nothingLoggedWhy", { every: logEvery, steps }) : t("nothingLogged")}
      </p>
    );
  }
  return (
    <p className="text-lg">
      {facts.map((fact, index) => (
        <span key={fact.kind}>
          {index > 0 && between}
          <FactWords fact={fact} />
        </span>
      ))}
    </p>
  );
});

function bold(words: ReactNode) {
  return <b>{words}</b>;
}

function FactWords({ fact }: { fact: CurveFact }) {
  const t = useTranslations("run.facts");
  const { loss } = useFormat();
  switch (fact.kind) {
    case "nothing":
      return t("nothing");
    case "first":
      return t.rich("first", { loss: loss(fact.loss), b: bold });
    case "fell":
    case "rose":
    case "flat":
      return t.rich(fact.kind, { from: loss(fact.from), to: loss(fact.to), b: bold });
    case "broken":
      return t.rich("broken", { step: fact.step, b: bold });
    case "plateau":
      return t("plateau", { step: fact.step });
    case "spike":
      return t("spike", { step: fact.step, loss: loss(fact.loss) });
    case "validationFirst":
      return t.rich("validationFirst", { loss: loss(fact.loss), step: fact.step, b: bold });
    case "validationBest":
      return t.rich(fact.improving ? "validationImproving" : "validationBest", {
        loss: loss(fact.loss),
        step: fact.step,
        b: bold,
      });
    case "validationSettled":
      return t.rich("validationSettled", { loss: loss(fact.loss), step: fact.bestStep, b: bold });
    case "validationPast":
      return t.rich(fact.overfits ? "validationOverfits" : "validationPast", {
        best: loss(fact.best),
        step: fact.bestStep,
        last: loss(fact.last),
        b: bold,
      });
  }
}
