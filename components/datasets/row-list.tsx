"use client";
/**
 * All rows of a dataset in a list that is drawn only as far as it is seen: as conversations, as the template's text or as
 * tokens. Very long lists come in parts, since browsers limit how tall a page may be.
 */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetEntry } from "@/server/contract/dataset-info";
import type { Encoding } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { IconButton } from "../ui/button";
import { Message } from "../ui/message";
import { GoToRow } from "./go-to-row";
import { PAGE_ROWS, RENDERED_ROWS, renderedQuery, rowPageQuery } from "./dataset-queries";
import { Rendered } from "./row-tokens";
import { RowTurns } from "./row-turns";

export type RowView = "turns" | "text" | "tokens";

export interface RowListProps {
  name: string;
  entry?: DatasetEntry;
  view: RowView;
  /** How text and tokens are made; null where no model is chosen. */
  encoding: Encoding | null;
  /** The row to bring into sight, from 0; another object asks again. */
  target?: { row: number };
  /** Called with a row's number and value where rows can be changed. */
  onEdit?: (row: number, value: unknown) => void;
  /** What stands beside the number of rows. */
  beside?: ReactNode;
  className?: string;
}

/** Rows that one scrolling list may hold. */
const PART_ROWS = 20_000;
const GUESSED_HEIGHT = 120;

export function RowList(props: RowListProps) {
  const { name, target, className = "" } = props;
  const t = useTranslations("datasets");
  const format = useFormat();
  const first = useQuery(rowPageQuery(name, 0));
  const [asked, setAsked] = useState<{ row: number } | null>(null);
  const wanted = asked ?? target ?? null;
  const total = first.data?.total ?? 0;
  const parts = Math.max(1, Math.ceil(total / PART_ROWS));
  const part = Math.min(parts - 1, Math.floor((wanted?.row ?? 0) / PART_ROWS));

  // Another row asked for from outside wins over the one that was typed.
  const [lastTarget, setLastTarget] = useState(target);
  if (target !== lastTarget) {
    setLastTarget(target);
    setAsked(null);
  }

  if (first.error) return <Message kind="bad">{t("unreadable", { reason: first.error.message })}</Message>;
  if (!first.data) return <p className="muted">{t("loading")}</p>;
  return (
    <div className="grid gap-1.5">
      <div className="row row--wrap between small gap-2">
        <span className="faint">
          {first.data.counted === null
            ? t("rowCount", { count: total })
            : t("counting", { count: format.count(total), percent: format.percent(first.data.counted) })}
          {parts > 1 &&
            ` · ${t("part", {
              from: format.count(part * PART_ROWS + 1),
              to: format.count(Math.min(total, (part + 1) * PART_ROWS)),
            })}`}
        </span>
        <span className="row row--wrap">
          {props.beside}
          {parts > 1 && (
            <>
              <IconButton
                icon="left"
                label={t("partBefore")}
                disabled={part === 0}
                onClick={() => setAsked({ row: (part - 1) * PART_ROWS })}
              />
              <IconButton
                icon="right"
                label={t("partAfter")}
                disabled={part === parts - 1}
                onClick={() => setAsked({ row: (part + 1) * PART_ROWS })}
              />
            </>
          )}
          <GoToRow total={total} onGo={(row) => setAsked({ row })} />
        </span>
      </div>
      <ListPart
        key={part}
        {...props}
        className={className}
        from={part * PART_ROWS}
        count={Math.min(PART_ROWS, total - part * PART_ROWS)}
        wanted={wanted}
      />
    </div>
  );
}

interface ListPartProps extends RowListProps {
  from: number;
  count: number;
  wanted: { row: number } | null;
}

function ListPart(props: ListPartProps) {
  const { name, view, encoding, from, count, wanted, className = "" } = props;
  const t = useTranslations("datasets");
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- about the React Compiler, which is not used here
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => GUESSED_HEIGHT,
    overscan: 4,
    getItemKey: (index) => `${view}:${from + index}`,
  });
  const items = virtual.getVirtualItems();
  const firstRow = from + (items[0]?.index ?? 0);
  const lastRow = from + (items.at(-1)?.index ?? 0);
  const pages = useQueries({
    queries: pagesOf(firstRow, lastRow, PAGE_ROWS).map((page) => rowPageQuery(name, page)),
    combine: (results) =>
      new Map(results.map((result, i) => [Math.floor(firstRow / PAGE_ROWS) + i, result.data])),
  });
  const renderedPages = view === "turns" ? [] : pagesOf(firstRow, lastRow, RENDERED_ROWS);
  const rendered = useQueries({
    queries: renderedPages.map((page) => renderedQuery(name, page, encoding)),
    combine: (results) => ({
      pages: new Map(results.map((result, i) => [renderedPages[i]!, result.data])),
      error: results.find((result) => result.error)?.error ?? null,
    }),
  });

  // Once to where the row is guessed to be, and again when its neighbours are there and have their heights.
  const isThere = wanted
    ? view === "turns"
      ? pages.get(Math.floor(wanted.row / PAGE_ROWS)) !== undefined
      : rendered.pages.get(Math.floor(wanted.row / RENDERED_ROWS)) !== undefined
    : false;
  useEffect(() => {
    if (!wanted) return;
    const frame = requestAnimationFrame(() => virtual.scrollToIndex(wanted.row - from, { align: "start" }));
    return () => cancelAnimationFrame(frame);
  }, [wanted, isThere, from, virtual]);

  if (view !== "turns" && encoding === null) return <Message kind="warn">{t("noModel")}</Message>;
  return (
    <>
      {rendered.error && <Message kind="bad">{rendered.error.message}</Message>}
      <div
        ref={box}
        className={`rows ${className}`}
        tabIndex={0}
        role="group"
        aria-label={t("rowsOf", { name })}
      >
        <ol style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = from + item.index;
            const page = pages.get(Math.floor(row / PAGE_ROWS));
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-setsize={count}
                aria-posinset={item.index + 1}
                className={`data-row ${wanted?.row === row ? "data-row--found" : ""}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <RowHead row={row} value={page?.items[row % PAGE_ROWS]} onEdit={props.onEdit} />
                {view === "turns" ? (
                  <RowValue row={row} page={page} entry={props.entry} />
                ) : (
                  <RenderedValue
                    row={rendered.pages.get(Math.floor(row / RENDERED_ROWS))?.items[row % RENDERED_ROWS]}
                    as={view}
                  />
                )}
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}

interface RowHeadProps {
  row: number;
  value: unknown;
  onEdit?: (row: number, value: unknown) => void;
}

function RowHead({ row, value, onEdit }: RowHeadProps) {
  const t = useTranslations("datasets");
  const format = useFormat();
  return (
    <div className="row between small faint">
      <span>{t("row", { number: format.count(row + 1) })}</span>
      {onEdit && value !== undefined && (
        <IconButton
          icon="edit"
          label={t("editRow", { number: format.count(row + 1) })}
          onClick={() => onEdit(row, value)}
        />
      )}
    </div>
  );
}

type PageData = {
  items: unknown[];
  problems: { row: number; message: string; place: { line: number; column: number } | null }[];
};

function RowValue({ row, page, entry }: { row: number; page?: PageData; entry?: DatasetEntry }) {
  const t = useTranslations("datasets");
  const say = useSay();
  const problem = page?.problems.find((each) => each.row === row);
  if (problem) {
    return (
      <Message kind="bad">
        {say(problem.message)}
        {problem.place && ` (${t("place", problem.place)})`}
      </Message>
    );
  }
  if (!page) return <p className="faint h-16">{t("loading")}</p>;
  return <RowTurns row={page.items[row % PAGE_ROWS]} entry={entry} />;
}

function RenderedValue({
  row,
  as,
}: {
  row: Parameters<typeof Rendered>[0]["row"] | undefined;
  as: "text" | "tokens";
}) {
  const t = useTranslations("datasets");
  return row ? <Rendered row={row} as={as} /> : <p className="faint h-16">{t("loading")}</p>;
}

function pagesOf(firstRow: number, lastRow: number, size: number): number[] {
  const first = Math.floor(firstRow / size);
  return Array.from({ length: Math.floor(lastRow / size) - first + 1 }, (_, i) => first + i);
}
