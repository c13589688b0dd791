"use client";
/** All runs as a table; on a phone each is a row of two lines. Only the rows in sight are drawn. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { type CSSProperties, memo, useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Sparkline } from "@/components/charts/sparkline";
import { useFormat } from "@/components/i18n/use-format";
import { Checkbox } from "@/components/ui/checkbox";
import { Exact } from "@/components/ui/exact";
import { StatusMark } from "@/components/ui/status-mark";
import type { RunSummary } from "@/server/contract/run";
import { useRunWords } from "./run-words";

export interface RunTableProps {
  runs: readonly RunSummary[];
  /** Colours of the selected runs, by id. */
  colours: ReadonlyMap<string, string>;
  onSelect: (id: string, selected: boolean) => void;
  /** All that are shown, or none. */
  onSelectAll: (selected: boolean) => void;
}

const ROW_PX = 41;
/** Fewer rows than this are simply all drawn. */
const VIRTUAL_FROM = 80;

export function RunTable({ runs, colours, onSelect, onSelectAll }: RunTableProps) {
  const t = useTranslations("runs.columns");
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(body.current?.offsetTop ?? 0), []);

  const virtual = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => ROW_PX,
    overscan: 20,
    scrollMargin: top,
    enabled: runs.length >= VIRTUAL_FROM,
  });
  const items = runs.length >= VIRTUAL_FROM ? virtual.getVirtualItems() : null;
  const shown = items ? items.map((item) => runs[item.index]!) : runs;
  const before = items?.[0] ? items[0].start - top : 0;
  const after = items?.length ? virtual.getTotalSize() - (items.at(-1)!.end - top) : 0;

  return (
    <div className="tw">
      <table className="min-w-[1080px]">
        <caption className="vh">{t("caption")}</caption>
        <thead>
          <tr>
            <th>
              <SelectAll runs={runs} colours={colours} onSelectAll={onSelectAll} />
            </th>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("status")}</th>
            <th scope="col">{t("loss")}</th>
            <th scope="col">{t("model")}</th>
            <th scope="col">{t("method")}</th>
            <th scope="col">{t("data")}</th>
            <th scope="col" className="n">
              {t("learningRate")}
            </th>
            <th scope="col" className="n">
              {t("best")}
            </th>
            <th scope="col" className="n">
              {t("took")}
            </th>
            <th scope="col">{t("started")}</th>
            <th scope="col">{t("note")}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {before > 0 && <Space height={before} />}
          {shown.map((run) => (
            <RunRow key={run.id} run={run} colour={colours.get(run.id) ?? null} onSelect={onSelect} />
          ))}
          {after > 0 && <Space height={after} />}
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

function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={12} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

export interface RunRowProps {
  run: RunSummary;
  /** Its colour where it is selected. */
  colour: string | null;
  onSelect: (id: string, selected: boolean) => void;
}

const RunRow = memo(function RunRow({ run, colour, onSelect }: RunRowProps) {
  const t = useTranslations("runs");
  const format = useFormat();
  const words = useRunWords();
  const started = run.started_at ?? run.created_at;
  return (
    <tr className={colour ? "sel" : undefined}>
      <td className="w-8">
        <Checkbox
          checked={colour !== null}
          onChange={(checked) => onSelect(run.id, checked)}
          aria-label={t("selectRun", { name: run.name })}
        />
      </td>
      <td>
        <Link
          prefetch={false}
          className="row font-medium text-fg!"
          href={`/runs/${encodeURIComponent(run.id)}`}
        >
          <Swatch colour={colour} />
          <span className="clip max-w-60" title={run.name}>
            {run.name}
          </span>
          {run.origin === "folder" && (
            <span className="tag" title={t(run.in_place ? "inPlaceTitle" : "foundTitle")}>
              {t(run.in_place ? "inPlace" : "found")}
            </span>
          )}
        </Link>
      </td>
      <td title={run.error ?? undefined}>
        <StatusMark status={run.status} progress={words.progress(run)} text={words.status(run)} />
      </td>
      <td>
        <Sparkline values={run.sparkline} progress={words.progress(run)} colour={colour ?? "var(--fg-off)"} />
      </td>
      <td className="muted">
        <span className="clip block max-w-44" title={run.model}>
          {run.model}
        </span>
      </td>
      <td>{words.method(run)}</td>
      <td className="muted" title={run.datasets.join(", ")}>
        {words.data(run)}
      </td>
      <td className="n">
        {run.learning_rate === null ? (
          "–"
        ) : (
          <Exact value={run.learning_rate}>{format.rate(run.learning_rate)}</Exact>
        )}
      </td>
      <td className="n strong">
        {run.best_eval_loss === null ? (
          "–"
        ) : (
          <Exact value={run.best_eval_loss}>{format.loss(run.best_eval_loss)}</Exact>
        )}
      </td>
      <td className="n">{run.elapsed_seconds === null ? "–" : format.duration(run.elapsed_seconds)}</td>
      <td className="muted" title={started}>
        {run.status === "queued" ? "–" : format.when(started)}
      </td>
      <td className="muted" title={[...run.tags, run.notes].filter(Boolean).join("\n") || undefined}>
        <span className="row max-w-56 gap-1.5">
          {run.tags.slice(0, 2).map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
          <span className="clip">{run.notes.split("\n")[0]}</span>
        </span>
      </td>
    </tr>
  );
});

export function Swatch({ colour }: { colour: string | null }) {
  return <span className="swatch" style={{ "--c": colour ?? "var(--line-2)" } as CSSProperties} />;
}
