"use client";
/** How many rows there are to train on, and the share that is held out. */
import { useId } from "react";
import { useTranslations } from "use-intl";
import { Message } from "../ui/message";
import { Tooltip } from "../ui/tooltip";
import { ProblemText } from "./problem-text";
import { SettingExplanation } from "./setting-explanation";
import { useProblemAt, useTrainPage } from "./train-context";
import { useTrainField } from "./use-train-field";

export function ValidationShare() {
  const t = useTranslations("train");
  const id = useId();
  const { forecast } = useTrainPage();
  const field = useTrainField("val_size");
  const problem = useProblemAt("val_size");
  return (
    <>
      <div className="row between row--wrap text-md">
        <span className="muted">
          {forecast?.train_rows != null && t("data.trainOn", { count: forecast.train_rows })}
        </span>
        <span className={`row ${problem?.severity === "error" ? "field--bad" : ""}`}>
          <Tooltip text={<SettingExplanation name="val_size" />} onTap>
            <label className="muted cursor-help" htmlFor={id}>
              {t("field.val_size.label")}
            </label>
          </Tooltip>
          <input
            id={id}
            className="control h-7 min-h-7 w-16"
            name="val_size"
            value={field.value}
            onChange={(event) => field.onChange(event.target.value)}
            autoComplete="off"
            aria-invalid={problem?.severity === "error" || undefined}
          />
          {forecast?.eval_rows != null && forecast.eval_rows > 0 && (
            <span className="faint">{t("data.rows", { count: forecast.eval_rows })}</span>
          )}
        </span>
      </div>
      {problem && (
        <Message kind={problem.severity === "error" ? "bad" : "warn"}>
          <ProblemText problem={problem} />
        </Message>
      )}
    </>
  );
}
