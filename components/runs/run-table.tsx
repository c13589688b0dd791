"use client";
/** All runs as a table. Each row is laid out and painted for itself, so that scrolling costs only the rows that come. */
import Link from "next/link";
import { type CSSProperties, memo } from "react";
import { useTranslations } from "use-intl";
import { Sparkline } from "@/components/charts/sparkline";
import { useFormat } from "@/components/i18n/use-format";
import { useSay } from "@/components/i18n/use-say";
import { Checkbox } from "@/components/ui/checkbox";
import { Exact } from "@/components/ui/exact";
import { StatusMark } from "@/components/ui/status-mark";
import type { RunSummary } from "@/server/contract/run";
import { clipIfLong } from "./cell-room";
import { useRunWords } from "./run-words";
import { useRowsInSight } from "./use-rows-in-sight";

export interface RunTableProps {
  runs: readonly RunSummary[];
  /** Colours of the selected runs, by id. */
  colours: ReadonlyMap<string, string>;
  onSelect: (id: string, selected: boolean) => void;
  /** All that are shown, or none. */
  onSelectAll: (selected: boolean) => void;
}

/** As high as the style sheet makes a row. */
const ROW_PX = 41;
/** Pixels that texts have in the style sheet's narrowest columns, beside what else stands there. */
const ROOM = { name: 140, tagged: 84, status: 96, model: 80, method: 92, data: 80, when: 110, note: 52 };

const COLUMNS = [
  { name: "name" },
  { name: "status" },
  { name: "loss" },
  { name: "model" },
  { name: "method" },
  { name: "data" },
  { name: "learningRate", isNumber: true },
  { name: "best", isNumber: true },
  { name: "took", isNumber: true },
  { name: "started" },
  { name: "note" },
] as const;

export function RunTable({ runs, colours, onSelect, onSelectAll }: RunTableProps) {
  const t = useTranslations("runs.columns");
  const { list, rows, height } = useRowsInSight<HTMLTableSectionElement>(runs.length, ROW_PX);
  return (
    <div className="tw">
      <table role="table" className="rowwise min-w-[1194px]" aria-rowcount={runs.length + 1}>
        <caption className="vh">{t("caption")}</caption>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            <th role="columnheader">
              <SelectAll runs={runs} colours={colours} onSelectAll={onSelectAll} />
            </th>
            {COLUMNS.map((column) => (
              <th
                key={column.name}
                role="columnheader"
                scope="col"
                className={"isNumber" in column ? "n" : undefined}
              >
                {t(column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={list} style={{ height }}>
          {rows.map(({ index, top }) => {
            const run = runs[index]!;
            const colour = colours.get(run.id) ?? null;
            return (
              <RunRow key={run.id} index={index} top={top} run={run} colour={colour} onSelect={onSelect} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SelectAll({ runs, colours, onSelectAll }: Omit<RunTableProps, "onSelect">) {
  const t = useTranslations("runs.columns");
  const all = runs.length > 0 && runs.every((run) => colours.has(run.id));
  return (
    <Checkbox checked={all} onChange={onSelectAll} aria-label={t("selectAll", { count: runs.length })} />
  );
}

export interface RunRowProps {
  run: RunSummary;
  /** Its place in the list, from 0. */
  index: number;
  /** Pixels below the list's top; undefined where it follows the row before. */
  top: number | undefined;
  /** Its colour where it is selected. */
  colour: string | null;
  onSelect: (id: string, selected: boolean) => void;
}

const RunRow = memo(function RunRow({ run, index, top, colour, onSelect }: RunRowProps) {
  const t = useTranslations("runs");
  const format = useFormat();
  const words = useRunWords();
  const say = useSay();
  const started = run.started_at ?? run.created_at;
  const [status, method, data] = [words.status(run), words.method(run), words.data(run)];
  const when = run.status === "queued" ? "–" : format.when(started);
  const [note = ""] = run.notes.split("\n");
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      className={`${top === undefined ? "" : "absolute inset-x-0"} ${colour ? "sel" : ""}`}
      style={{ top }}
    >
      <td role="cell">
        <Checkbox
          checked={colour !== null}
          onChange={(checked) => onSelect(run.id, checked)}
          aria-label={t("selectRun", { name: run.name })}
        />
      </td>
      <td role="cell">
        <Link
          prefetch={false}
          className="row font-medium text-fg!"
          href={`/runs/${encodeURIComponent(run.id)}`}
        >
          <Swatch colour={colour} />
          <span
            className={clipIfLong(run.name, run.origin === "folder" ? ROOM.tagged : ROOM.name)}
            title={run.name}
          >
            {run.name}
          </span>
          {run.origin === "folder" && (
            <span className="tag" title={t(run.in_place ? "inPlaceTitle" : "foundTitle")}>
              {t(run.in_place ? "inPlace" : "found")}
            </span>
          )}
        </Link>
      </td>
      <td
        role="cell"
        className={clipIfLong(status ?? "", ROOM.status)}
        title={run.error === null ? undefined : say(run.error)}
      >
        <StatusMark status={run.status} progress={words.progress(run)} text={status} />
      </td>
      <td role="cell">
        <Sparkline values={run.sparkline} progress={words.progress(run)} colour={colour ?? "var(--fg-off)"} />
      </td>
      <td role="cell" className="muted">
        <span className={`block ${clipIfLong(run.model, ROOM.model)}`} title={run.model}>
          {run.model}
        </span>
      </td>
      <td role="cell" className={clipIfLong(method, ROOM.method)}>
        {method}
      </td>
      <td role="cell" className={`muted ${clipIfLong(data, ROOM.data)}`} title={run.datasets.join(", ")}>
        {data}
      </td>
      <td role="cell" className="n">
        {run.learning_rate === null ? (
          "–"
        ) : (
          <Exact value={run.learning_rate}>{format.rate(run.learning_rate)}</Exact>
        )}
      </td>
      <td role="cell" className="n strong">
        {run.best_eval_loss === null ? (
          "–"
        ) : (
          <Exact value={run.best_eval_loss}>{format.loss(run.best_eval_loss)}</Exact>
        )}
      </td>
      <td role="cell" className="n">
        {run.elapsed_seconds === null ? "–" : format.duration(run.elapsed_seconds)}
      </td>
      <td role="cell" className={`muted ${clipIfLong(when, ROOM.when)}`} title={started}>
        {when}
      </td>
      <td
        role="cell"
        className="muted"
        title={[...run.tags, run.notes].filter(Boolean).join("\n") || undefined}
      >
        <span className="row gap-1.5">
          {run.tags.slice(0, 2).map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
          <span className={clipIfLong(note, run.tags.length > 0 ? 0 : ROOM.note)}>{note}</span>
        </span>
      </td>
    </tr>
  );
});

export function Swatch({ colour }: { colour: string | null }) {
  return <span className="swatch" style={{ "--c": colour ?? "var(--line-2)" } as CSSProperties} />;
}
