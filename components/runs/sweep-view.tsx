"use client";
/** A sweep as a grid: one cell for each combination with its result, the best one marked; a cell leads to its run. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useSay } from "@/components/i18n/use-say";
import { valueText } from "@/components/run/changed-config";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { StatusMark } from "@/components/ui/status-mark";
import type { RunSummary } from "@/server/contract/run";
import { useRunWords } from "./run-words";
import { sweepTable } from "./sweep-table";

export interface SweepViewProps {
  /** The runs of one sweep. */
  runs: readonly RunSummary[];
  onLeave: () => void;
  onCompare: (runs: readonly RunSummary[]) => void;
}

export function SweepView({ runs, onLeave, onCompare }: SweepViewProps) {
  const t = useTranslations("runs.sweep");
  const first = runs[0];
  if (!first?.sweep) return null;
  const table = sweepTable(runs);
  const done = runs.filter((run) => run.status === "finished").length;
  return (
    <section className="mb-6" aria-label={t("label", { name: first.sweep.name })}>
      <div className="row between row--wrap mb-1 gap-y-1">
        <h2>{t("title", { name: first.sweep.name })}</h2>
        <span className="row">
          <span className="faint small">
            {t("progress", { done, count: runs.length })} {t(`by.${table.by}`)}
          </span>
          <Button size="sm" onClick={() => onCompare(runs)}>
            {t("compare")}
          </Button>
          <Button size="sm" kind="ghost" onClick={onLeave}>
            {t("leave")}
          </Button>
        </span>
      </div>
      <div className="tw">
        <table className="w-auto! min-w-80">
          <caption className="vh">{t("label", { name: first.sweep.name })}</caption>
          {table.columnArgument !== null && (
            <thead>
              <tr>
                <th scope="col">
                  <code>{table.rowArgument}</code>
                </th>
                {table.columns.map((value) => (
                  <th key={value} scope="col" className="n">
                    <code>{table.columnArgument}</code> {valueText(value)}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.value}>
                <td>
                  {table.columnArgument === null && <code>{table.rowArgument} </code>}
                  {valueText(row.value)}
                </td>
                {row.cells.map((run, index) => (
                  <td key={run?.id ?? index} className="n">
                    {run && <SweepCell run={run} by={table.by} isBest={run === table.best} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface SweepCellProps {
  run: RunSummary;
  by: "validation" | "training";
  isBest: boolean;
}

function SweepCell({ run, by, isBest }: SweepCellProps) {
  const t = useTranslations("runs.sweep");
  const say = useSay();
  const format = useFormat();
  const words = useRunWords();
  const loss = by === "validation" ? run.best_eval_loss : run.loss;
  return (
    <Link
      className="row justify-end text-fg!"
      href={`/runs/${encodeURIComponent(run.id)}`}
      title={`${run.name}${run.error ? `: ${say(run.error)}` : ""}`}
    >
      {run.status !== "finished" && (
        <StatusMark
          status={run.status}
          progress={words.progress(run)}
          text={run.status === "running" ? words.status(run) : undefined}
        />
      )}
      {loss !== null && (
        <span className={isBest ? "strong" : ""}>
          {isBest ? <mark>{format.loss(loss)}</mark> : format.loss(loss)}
        </span>
      )}
      {isBest && (
        <span className="row small text-accent">
          <Icon name="check" small /> {t("best")}
        </span>
      )}
    </Link>
  );
}
