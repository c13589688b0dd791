"use client";
/** One evaluation, or two beside each other: how far, the numbers, and the rows. */
import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { shareDone } from "../run/share-done";
import { buttonClass } from "../ui/button";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { StatusMark } from "../ui/status-mark";
import { type Measure, measureName, measuresIn } from "./evaluation-measures";
import { resultsQuery } from "./evaluation-queries";
import { PredictionList } from "./prediction-list";
import { useMeasureText } from "./use-measure-text";

/** @param evaluations the one that was chosen, and the one it is compared with */
export function EvaluationPanel({ evaluations }: { evaluations: readonly RunSummary[] }) {
  const results = useQueries({
    queries: evaluations.map(({ id, status }) => resultsQuery(id, isEnded(status))),
    combine: (all) => all.map((one) => one.data ?? {}),
  });
  const measures = measuresIn(results);
  return (
    <div className="grid gap-4">
      {evaluations.map((run) => (
        <EvaluationHead key={run.id} run={run} />
      ))}
      {measures.length > 0 && <Numbers evaluations={evaluations} measures={measures} results={results} />}
      <PredictionList evaluations={evaluations} />
    </div>
  );
}

function EvaluationHead({ run }: { run: RunSummary }) {
  const say = useSay();
  const t = useTranslations("evaluate");
  const format = useFormat();
  const running = !isEnded(run.status);
  return (
    <div className="grid gap-2">
      <div className="row row--wrap between">
        <h2 className="clip">{run.name}</h2>
        <span className="row">
          <StatusMark status={run.status} progress={shareDone(run)} />
          <Link
            prefetch={false}
            className={buttonClass("ghost", "sm")}
            href={`/runs/${encodeURIComponent(run.id)}`}
          >
            {t("openRun")}
          </Link>
        </span>
      </div>
      <p className="muted small">
        {run.model} · {run.datasets.join(", ")}
      </p>
      {running && run.total_steps > 0 && (
        <div className="row">
          <Progress value={run.step} max={run.total_steps} label={t("progress")} className="w-full" />
          {run.remaining_seconds !== null && (
            <span className="faint small nowrap">
              {t("left", { time: format.duration(run.remaining_seconds) })}
            </span>
          )}
        </div>
      )}
      {run.error && <Message kind="bad">{say(run.error)}</Message>}
    </div>
  );
}

interface NumbersProps {
  evaluations: readonly RunSummary[];
  measures: readonly Measure[];
  results: readonly Record<string, number>[];
}

function Numbers({ evaluations, measures, results }: NumbersProps) {
  const t = useTranslations("evaluate");
  const text = useMeasureText();
  return (
    <div className="tw" tabIndex={0}>
      <table>
        <caption className="vh">{t("numbers")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("measureColumn")}</th>
            {evaluations.map((run) => (
              <th key={run.id} scope="col" className="n">
                <span className="clip block">{run.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => {
            const best = bestOf(measure, results);
            return (
              <tr key={measure.key}>
                <th scope="row" className="font-normal!">
                  {t(`measures.${measureName(measure.key)}`)}
                </th>
                {evaluations.map((run, i) => {
                  const value = results[i]?.[measure.key];
                  return (
                    <td key={run.id} className="n" title={value === undefined ? undefined : String(value)}>
                      {value === undefined ? (
                        "–"
                      ) : value === best ? (
                        <b>{text(measure, value)}</b>
                      ) : (
                        text(measure, value)
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The better value where there are two that differ; nothing is best on its own. */
function bestOf({ key, better }: Measure, results: readonly Record<string, number>[]): number | null {
  const values = results.flatMap((each) => (each[key] === undefined ? [] : [each[key]]));
  if (better === null || new Set(values).size < 2) return null;
  return better === "more" ? Math.max(...values) : Math.min(...values);
}
