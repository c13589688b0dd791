"use client";
/** All evaluations, newest first; one or two can be looked at. */
import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { useFormat } from "../i18n/use-format";
import { shareDone } from "../run/share-done";
import { Checkbox } from "../ui/checkbox";
import { StatusMark } from "../ui/status-mark";
import { mainMeasure, measureName } from "./evaluation-measures";
import { resultsQuery } from "./evaluation-queries";
import { useMeasureText } from "./use-measure-text";

export interface EvaluationTableProps {
  evaluations: readonly RunSummary[];
  selected: readonly string[];
  onSelect: (id: string) => void;
  onCompare: (id: string) => void;
}

export function EvaluationTable({ evaluations, selected, onSelect, onCompare }: EvaluationTableProps) {
  const t = useTranslations("evaluate");
  const results = useQueries({
    queries: evaluations.map(({ id, status }) => resultsQuery(id, isEnded(status))),
    combine: (all) => all.map((one) => one.data),
  });
  return (
    <div className="tw">
      <table>
        <caption className="vh">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">{t("compare")}</span>
            </th>
            <th scope="col">{t("columns.name")}</th>
            <th scope="col" className="wide-only">
              {t("columns.data")}
            </th>
            <th scope="col" className="n">
              {t("columns.result")}
            </th>
            <th scope="col" className="wide-only">
              {t("columns.when")}
            </th>
          </tr>
        </thead>
        <tbody>
          {evaluations.map((run, i) => (
            <EvaluationRow
              key={run.id}
              run={run}
              results={results[i] ?? {}}
              place={selected.indexOf(run.id)}
              onSelect={() => onSelect(run.id)}
              onCompare={() => onCompare(run.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface EvaluationRowProps {
  run: RunSummary;
  results: Record<string, number>;
  /** -1 where it is not looked at. */
  place: number;
  onSelect: () => void;
  onCompare: () => void;
}

function EvaluationRow({ run, results, place, onSelect, onCompare }: EvaluationRowProps) {
  const t = useTranslations("evaluate");
  const format = useFormat();
  const text = useMeasureText();
  const main = mainMeasure(results);
  return (
    <tr className={place >= 0 ? "sel" : undefined}>
      <td>
        <Checkbox
          checked={place >= 0}
          onChange={onCompare}
          aria-label={t("compareNamed", { name: run.name })}
        />
      </td>
      <td className="max-w-56">
        <button
          type="button"
          className="btn btn--link clip block max-w-full text-left font-medium text-fg!"
          title={run.name}
          onClick={onSelect}
        >
          {run.name}
        </button>
        <span className="faint small clip block">{run.model}</span>
      </td>
      <td className="muted wide-only max-w-40">
        <span className="clip block">{run.datasets.join(", ")}</span>
      </td>
      <td className="n">
        {main ? (
          <>
            {text(main, results[main.key]!)}{" "}
            <span className="faint small">{t(`measures.${measureName(main.key)}`)}</span>
          </>
        ) : (
          <StatusMark status={run.status} progress={shareDone(run)} />
        )}
      </td>
      <td className="muted wide-only nowrap">{format.when(run.created_at)}</td>
    </tr>
  );
}
