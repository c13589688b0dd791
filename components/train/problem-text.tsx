"use client";
/** A problem in words, with the button that mends it. */
import { Button } from "../ui/button";
import type { ShownProblem } from "./form-problems";
import { useTrainPage } from "./train-context";

export function ProblemText({ problem }: { problem: ShownProblem }) {
  const { applyFix } = useTrainPage();
  const { fix } = problem;
  return (
    <>
      {problem.message}{" "}
      {fix && (
        <Button kind="link" className="text-left whitespace-normal" onClick={() => applyFix(fix.set)}>
          {fix.label}
        </Button>
      )}
    </>
  );
}
