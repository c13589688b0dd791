"use client";
/** The list on a phone: two lines for each run, and only those in sight. */
import Link from "next/link";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { Sparkline } from "@/components/charts/sparkline";
import { useFormat } from "@/components/i18n/use-format";
import { Checkbox } from "@/components/ui/checkbox";
import { StatusMark } from "@/components/ui/status-mark";
import { type RunRowProps, type RunTableProps, Swatch } from "./run-table";
import { useRunWords } from "./run-words";
import { useRowsInSight } from "./use-rows-in-sight";

/** Two lines; a note or a long list of facts makes it higher. */
const CARD_PX = 69;

export function RunCards({ runs, colours, onSelect }: RunTableProps) {
  const t = useTranslations("runs.columns");
  const { list, rows, height, measure } = useRowsInSight<HTMLUListElement>(runs.length, CARD_PX);
  return (
    <ul ref={list} className="relative border-t border-line-2" style={{ height }} aria-label={t("caption")}>
      {rows.map(({ index, top }) => {
        const run = runs[index]!;
        return (
          <RunCard
            key={run.id}
            run={run}
            index={index}
            count={runs.length}
            top={top}
            measure={measure}
            colour={colours.get(run.id) ?? null}
            onSelect={onSelect}
          />
        );
      })}
    </ul>
  );
}

interface RunCardProps extends RunRowProps {
  count: number;
  measure: ((element: Element | null) => void) | undefined;
}

const RunCard = memo(function RunCard(props: RunCardProps) {
  const { run, index, count, top, measure, colour, onSelect } = props;
  const t = useTranslations("runs");
  const format = useFormat();
  const words = useRunWords();
  const facts = [
    words.method(run),
    words.data(run),
    run.learning_rate === null ? null : format.rate(run.learning_rate),
    run.elapsed_seconds === null ? null : format.duration(run.elapsed_seconds),
    run.started_at === null ? null : format.when(run.started_at),
  ].filter((fact) => fact !== null);
  return (
    <li
      ref={measure}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ top }}
      className={`${top === undefined ? "" : "absolute inset-x-0"} grid grid-cols-[20px_minmax(0,1fr)_140px] items-center gap-x-3 gap-y-1 border-b border-line px-2 py-2 [contain:layout_paint] ${colour ? "bg-selected" : ""}`}
    >
      <Checkbox
        checked={colour !== null}
        onChange={(checked) => onSelect(run.id, checked)}
        aria-label={t("selectRun", { name: run.name })}
      />
      <Link
        prefetch={false}
        className="row min-h-8 font-medium text-fg!"
        href={`/runs/${encodeURIComponent(run.id)}`}
      >
        <Swatch colour={colour} />
        <span className="clip" title={run.name}>
          {run.name}
        </span>
      </Link>
      <StatusMark status={run.status} progress={words.progress(run)} text={words.status(run)} />
      <span className="muted small col-start-2">
        {facts.join(" · ")}
        {run.tags.length > 0 && ` · ${run.tags.join(", ")}`}
        {run.notes !== "" && <span className="clip block">{run.notes.split("\n")[0]}</span>}
      </span>
      <span className="row justify-end">
        <Sparkline values={run.sparkline} progress={words.progress(run)} colour={colour ?? "var(--fg-off)"} />
        {run.best_eval_loss !== null && <span className="strong">{format.loss(run.best_eval_loss)}</span>}
      </span>
    </li>
  );
});
