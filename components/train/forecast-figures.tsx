"use client";
/** Steps, time, memory and disk as figures and bars against what the machine has. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { machineQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { Exact } from "../ui/exact";
import { Meter } from "../ui/meter";
import { numberOrText } from "./field-text";
import type { TrainForm } from "./form-defaults";
import { MemoryOutlook } from "./memory-outlook";
import { useTrainPage } from "./train-context";
import { useRowsPerStep } from "./use-rows-per-step";

export function ForecastFigures({ form }: { form: TrainForm }) {
  const t = useTranslations("train.will");
  const { forecast, forecastError, isChecking } = useTrainPage();
  if (forecastError) return <p className="msg">{t("checkFailed", { reason: forecastError })}</p>;
  if (!forecast) return <p className="muted text-md">{t(isChecking ? "checking" : "unknownSteps")}</p>;
  return (
    <>
      <StepsAndTime form={form} />
      <MemoryOutlook memory={forecast.memory} />
      <DiskBar bytes={forecast.disk_bytes} form={form} />
      {forecast.eval_rows !== null && forecast.eval_rows > 0 && <HeldOut />}
    </>
  );
}

function StepsAndTime({ form }: { form: TrainForm }) {
  const t = useTranslations("train.will");
  const format = useFormat();
  const { forecast, problems } = useTrainPage();
  const perStep = useRowsPerStep();
  if (!forecast || forecast.total_steps === null) {
    return <p className="muted text-md">{t(problems.length > 0 ? "unknownYet" : "unknownSteps")}</p>;
  }
  const { total_steps: steps, seconds, train_rows: rows } = forecast;
  const limited = Number(form.max_steps) > 0;
  return (
    <div className="fig">
      <span className="big">{t("steps", { count: steps })}</span>
      {seconds === null ? (
        <span className="muted">{t("unknownTime")}</span>
      ) : (
        <Exact value={`${seconds.toFixed(1)} s`} className="big">
          {t("about", { time: format.duration(seconds) })}
        </Exact>
      )}
      <small className="muted">
        {limited || rows === null || perStep === null
          ? t("maxSteps")
          : t("formula", {
              rows: format.count(rows),
              epochs: String(numberOrText(form.num_train_epochs)),
              perStep: format.count(perStep),
            })}
      </small>
      {seconds !== null && <TimeBasis basis={forecast.seconds_basis} />}
    </div>
  );
}

function TimeBasis({ basis }: { basis: string | null }) {
  const t = useTranslations("train.will");
  const measured = /^measured in (.+)$/.exec(basis ?? "");
  const words = measured?.[1] ? t("measuredIn", { run: measured[1] }) : t("estimated");
  return (
    <small className="muted clip" title={words}>
      {words}
    </small>
  );
}

function DiskBar({ bytes, form }: { bytes: number | null; form: TrainForm }) {
  const t = useTranslations("train.will");
  const format = useFormat();
  const { forecast } = useTrainPage();
  const { data: machine } = useQuery(machineQuery);
  if (bytes === null || !machine) return null;
  const count = checkpointCount(forecast?.total_steps ?? null, form);
  const use = t("diskUse", { count, free: format.bytes(machine.disk_free_bytes) });
  return (
    <div className="fc">
      <div className="row">
        <span>{t("disk")}</span>
        <Exact value={format.count(bytes)} className="strong">
          {format.bytes(bytes)}
        </Exact>
      </div>
      <Meter
        large
        label={`${format.bytes(bytes)}. ${use}`}
        parts={[{ share: bytes / Math.max(bytes, machine.disk_free_bytes) }]}
      />
      <small className="muted">{use}</small>
    </div>
  );
}

/** Checkpoints that will lie in the folder at the end: one every so many steps, and one at the last step. */
export function checkpointCount(
  totalSteps: number | null,
  form: Pick<TrainForm, "save_steps" | "save_total_limit">,
): number {
  const every = Number(numberOrText(form.save_steps));
  if (totalSteps === null || !(every > 0)) return 0;
  const interval = every < 1 ? Math.ceil(every * totalSteps) : Math.trunc(every);
  const written = Math.ceil(totalSteps / interval);
  const limit = Number(form.save_total_limit);
  return limit > 0 ? Math.min(limit, written) : written;
}

function HeldOut() {
  const t = useTranslations("train");
  const { forecast } = useTrainPage();
  return (
    <div className="row between -mb-2 border-t border-line pt-2 text-md">
      <span>{t("will.evalRows")}</span>
      <span className="strong">{t("data.rows", { count: forecast?.eval_rows ?? 0 })}</span>
    </div>
  );
}
