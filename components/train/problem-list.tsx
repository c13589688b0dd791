"use client";
/** What stands in the way of a start, and what is worth knowing, each with where it is and the button that mends it. */
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import { isSetting, type TrainForm } from "./form-defaults";
import type { ShownProblem } from "./form-problems";
import { useTrainPage } from "./train-context";
import { usePlaceOf } from "./use-place-of";

export function ProblemList() {
  const t = useTranslations("train.will");
  const { problems, forecast, isChecking } = useTrainPage();
  if (problems.length === 0) {
    if (!forecast || isChecking) return null;
    return (
      <Message kind="ok" className="border-t border-line pt-3">
        {t("noProblems")}
      </Message>
    );
  }
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  return (
    <ul
      className="list"
      aria-label={t("problems", { errors, warnings, both: errors > 0 && warnings > 0 ? "yes" : "no" })}
    >
      {problems.map((problem) => (
        <ProblemItem key={`${problem.argument} ${problem.message}`} problem={problem} />
      ))}
    </ul>
  );
}

function ProblemItem({ problem }: { problem: ShownProblem }) {
  const t = useTranslations("train");
  const { applyFix, showField, form } = useTrainPage();
  const { setValue } = useFormContext<TrainForm>();
  const { fix, engine } = problem;
  const place = usePlaceOf(problem.field);
  const named = problem.terse === true && place !== null && isSetting(problem.field);
  return (
    <li className="problem">
      <span className={problem.severity === "error" ? "t-bad" : "t-warn"}>
        <Icon name={problem.severity === "error" ? "error" : "warning"} />
      </span>
      <span className="min-w-0 wrap-anywhere">
        {named ? t("will.named", { setting: place, message: problem.message }) : problem.message}
      </span>
      {place && problem.argument !== "" && (
        <p>
          <button type="button" className="btn btn--link text-sm" onClick={() => showField(problem.field)}>
            {t("will.at", { setting: place })}
          </button>
        </p>
      )}
      {engine && engine !== form.engine && (
        <Button size="sm" onClick={() => setValue("engine", engine)}>
          {t("engine.use", { engine: t(`engine.name.${engine}`) })}
        </Button>
      )}
      {fix && (
        <Button size="sm" className="max-w-36 text-left whitespace-normal" onClick={() => applyFix(fix.set)}>
          {fix.label}
        </Button>
      )}
    </li>
  );
}
