"use client";
/** Start: says what pressing it will do, at the foot of the panel, and as a bar over the bottom of a narrow screen. */
import { useTranslations } from "use-intl";
import { SweepButton } from "../runs/sweep-button";
import { useRuns } from "../live/use-live";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { fixForAll } from "./form-problems";
import { useTrainPage } from "./train-context";
import { requestOf } from "./use-forecast";

export function StartFoot({ simple }: { simple: boolean }) {
  const { startError } = useTrainPage();
  const { label, note, disabled } = useStartWords(simple);
  const { start, form } = useTrainPage();
  return (
    <div className="foot">
      {startError && (
        <Message kind="bad" className="mb-2">
          {startError}
        </Message>
      )}
      <Button kind="primary" size="xl" disabled={disabled} autoFocus={simple} onClick={start}>
        <span className="clip">{label}</span>
      </Button>
      <p className="hint mt-2 text-center">{note}</p>
      <p className="text-center">
        <SweepButton {...requestOf(form)} name={form.name} />
      </p>
    </div>
  );
}

export function StartBar() {
  const t = useTranslations("train.will");
  const format = useFormat();
  const { forecast, start, startError } = useTrainPage();
  const { label, disabled } = useStartWords(false);
  return (
    <div className="startbar only-narrow">
      <span className="min-w-0">
        {startError ? (
          <small className="t-bad">{startError}</small>
        ) : (
          forecast?.total_steps != null && (
            <>
              <b className="strong">{t("steps", { count: forecast.total_steps })}</b>
              <br />
              <small className="muted">
                {forecast.seconds === null
                  ? t("unknownTime")
                  : t("about", { time: format.duration(forecast.seconds) })}
              </small>
            </>
          )
        )}
      </span>
      <Button kind="primary" disabled={disabled} onClick={start} className="max-w-52">
        <span className="clip">{label}</span>
      </Button>
    </div>
  );
}

function useStartWords(simple: boolean) {
  const t = useTranslations("train");
  const { problems, isStarting } = useTrainPage();
  const { data: runs = [] } = useRuns();
  const busy = runs.some(
    (run) => run.status === "running" || run.status === "stopping" || run.status === "queued",
  );
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const fix = fixForAll(problems);
  if (isStarting) return { label: t("starting"), note: t("footer"), disabled: true };
  if (fix) {
    return {
      label: t("fixAndStart", { fix: fix.label }),
      note: t("footerFix", { count: errors }),
      disabled: false,
    };
  }
  const label = t(busy ? "addToQueue" : "start");
  if (errors > 0) return { label, note: t("footerProblems", { count: errors }), disabled: false };
  return { label, note: t(busy ? "footerQueue" : simple ? "first.footer" : "footer"), disabled: false };
}
