"use client";
/** How far a run is: bar, steps, epoch, time so far and to come. Before the first step: its phases. */
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { Icon } from "@/components/ui/icon";
import { Progress } from "@/components/ui/meter";
import type { RunDetail, RunPhase } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { useSecondsSince } from "./use-seconds-since";

const SHOWN_PHASES = ["load", "tokenize", "train", "save"] as const;

export interface RunProgressProps {
  run: RunDetail;
  /** When the server said so, in milliseconds; the time to come counts from there. */
  asOf: number;
}

export function RunProgress({ run, asOf }: RunProgressProps) {
  const t = useTranslations("run.progress");
  const ended = isEnded(run.status);
  if (run.status === "queued") return <p className="muted my-3">{t("queued")}</p>;
  return (
    <div className="mt-3 mb-5">
      <Progress
        className="h-2"
        value={run.step}
        max={run.total_steps}
        label={t("label", { step: run.step, total: run.total_steps })}
      />
      {run.total_steps > 0 ? <Figures run={run} asOf={asOf} /> : !ended && <Phases run={run} />}
      {run.total_steps > 0 && !ended && run.phase !== "train" && <Phases run={run} />}
    </div>
  );
}

function Figures({ run, asOf }: RunProgressProps) {
  const t = useTranslations("run.progress");
  const format = useFormat();
  const epochs = Number(run.config.num_train_epochs ?? 3);
  const ended = isEnded(run.status);
  return (
    <div className="row between row--wrap mt-2 gap-x-4 gap-y-0.5 text-md">
      <span>
        {t.rich("steps", {
          step: format.count(run.step),
          total: format.count(run.total_steps),
          b: (words) => <b className="strong">{words}</b>,
        })}
      </span>
      {run.epoch !== null && (
        <span className="muted">{t("epoch", { epoch: run.epoch.toFixed(2), epochs })}</span>
      )}
      {run.elapsed_seconds !== null && (
        <span className="muted">
          {t(ended ? "took" : "soFar", { time: format.duration(run.elapsed_seconds) })}
        </span>
      )}
      {!ended && run.tokens_per_second !== null && (
        <span className="muted">{t("speed", { speed: format.count(run.tokens_per_second) })}</span>
      )}
      {!ended && run.remaining_seconds !== null && (
        <>
          <span className="strong">{t("left", { time: format.duration(run.remaining_seconds) })}</span>
          <span className="muted">
            {t("endsAbout", { clock: format.clock(new Date(asOf + run.remaining_seconds * 1000)) })}
          </span>
        </>
      )}
      {ended && run.ended_at && (
        <span className="muted">{t("ended", { when: format.when(run.ended_at) })}</span>
      )}
    </div>
  );
}

/** The phases in their order, the present one with the time since the start. */
function Phases({ run }: { run: RunDetail }) {
  const t = useTranslations("run.progress");
  const format = useFormat();
  const seconds = useSecondsSince(run.started_at);
  const at = SHOWN_PHASES.indexOf(shownPhase(run.phase));
  return (
    <ol className="row row--wrap mt-2 gap-x-4 gap-y-0.5 text-md" aria-label={t("phases")}>
      {SHOWN_PHASES.map((shown, index) => (
        <li
          key={shown}
          className={index === at ? "strong" : "faint"}
          aria-current={index === at ? "step" : undefined}
        >
          {index < at && <Icon name="check" small className="mr-1 inline" />}
          {t(`phase.${index === at && run.phase === "evaluate" ? "evaluate" : shown}`)}
        </li>
      ))}
      <li className="muted ml-auto" aria-hidden="true">
        {t("sinceStart", { time: format.duration(seconds) })}
      </li>
    </ol>
  );
}

/** Starting counts as loading, validation as part of training. */
function shownPhase(phase: RunPhase | null): (typeof SHOWN_PHASES)[number] {
  switch (phase) {
    case "tokenize":
    case "train":
    case "save":
      return phase;
    case "evaluate":
      return "train";
    case "start":
    case "load":
    case null:
      return "load";
  }
}
