"use client";
/** A problem in words, with the button that mends it. */
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import type { ShownProblem } from "./form-problems";
import { useTrainPage } from "./train-context";
import { usePlaceOf } from "./use-place-of";

export interface ProblemTextProps {
  problem: ShownProblem;
  /** Says with which setting, where the message leaves that to its place. */
  named?: boolean;
}

export function ProblemText({ problem, named = false }: ProblemTextProps) {
  const { applyFix } = useTrainPage();
  const t = useTranslations("train.will");
  const place = usePlaceOf(problem.field);
  const { fix, message } = problem;
  return (
    <>
      {named && problem.terse && place ? t("named", { setting: place, message }) : message}{" "}
      {fix && (
        <Button kind="link" className="text-left whitespace-normal" onClick={() => applyFix(fix.set)}>
          {fix.label}
        </Button>
      )}
    </>
  );
}
