"use client";
/** "Continue for N more epochs": how many, and in plain words what happens to the learning rate and the optimizer. */
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useSay } from "@/components/i18n/use-say";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Message } from "@/components/ui/message";
import { RadioList } from "@/components/ui/radio-list";
import { TextInput } from "@/components/ui/text-input";
import { textOf } from "@/server/contract/configuration-values";
import type { RunDetail } from "@/server/contract/run";
import type { ContinueRun } from "@/server/contract/run-changes";

export interface ContinueDialogProps {
  run: RunDetail;
  onClose: () => void;
  onContinue: (request: ContinueRun) => void;
}

const SCHEDULES = ["fresh", "extended"] as const;

export function ContinueDialog({ run, onClose, onContinue }: ContinueDialogProps) {
  const t = useTranslations("run.continue");
  const { continuations } = run;
  const [text, setText] = useState("1");
  const [schedule, setSchedule] = useState<ContinueRun["schedule"]>(
    continuations.fresh.from === null && continuations.extended.from !== null ? "extended" : "fresh",
  );
  const epochs = Number(text);
  const isValid = Number.isFinite(epochs) && epochs > 0 && epochs <= 10_000;
  const way = continuations[schedule];
  const say = useSay();
  const reasonAgainst = (choice: ContinueRun["schedule"]) => {
    const { reason } = continuations[choice];
    return reason && say(reason);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { name: run.name })}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isValid || way.from === null) return;
          onContinue({ epochs, schedule });
          onClose();
        }}
      >
        <Field
          label={t("epochs")}
          problem={isValid ? null : { severity: "error", message: t("epochsProblem") }}
        >
          {(ids) => (
            <TextInput
              {...ids}
              className="max-w-40"
              inputMode="decimal"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <RadioList
          legend={t("schedule")}
          name="schedule"
          value={schedule}
          choices={SCHEDULES.map((choice) => ({
            value: choice,
            title: t(`${choice}.title`),
            says: reasonAgainst(choice) ?? <ScheduleWords run={run} schedule={choice} epochs={epochs} />,
            disabled: continuations[choice].from === null,
          }))}
          onChange={setSchedule}
        />
        {way.from === null && <Message kind="warn">{t("cannot")}</Message>}
        <p className="hint">{t("newRun")}</p>
        <div className="row justify-end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" kind="primary" icon="play" disabled={!isValid || way.from === null}>
            {t("start", { epochs: isValid ? epochs : 1 })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ScheduleWordsProps {
  run: RunDetail;
  schedule: ContinueRun["schedule"];
  epochs: number;
}

function ScheduleWords({ run, schedule, epochs }: ScheduleWordsProps) {
  const t = useTranslations("run.continue");
  const format = useFormat();
  const rate = Number(run.config.learning_rate ?? 5e-5);
  const scheduler = textOf(run.config.lr_scheduler_type) || "linear";
  const before = Number(run.config.num_train_epochs ?? 3);
  const warmup = Number(run.config.warmup_steps ?? 0) > 0 || Number(run.config.warmup_ratio ?? 0) > 0;
  const shown = { rate: format.rate(rate), scheduler };
  if (schedule === "fresh") return t(warmup ? "fresh.withWarmup" : "fresh.noWarmup", shown);
  return t(scheduler.startsWith("constant") ? "extended.constant" : "extended.decays", {
    ...shown,
    step: run.continuations.extended.step ?? run.step,
    before,
    after: Number((before + (Number.isFinite(epochs) ? epochs : 0)).toFixed(2)),
  });
}
