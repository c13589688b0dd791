"use client";
/** The runs page: the queue, every run kept, and those selected side by side underneath. */
import dynamic from "next/dynamic";
import Link from "next/link";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { runColours } from "@/components/charts/run-colours";
import { useNarrow } from "@/components/charts/use-narrow";
import { useRuns } from "@/components/live/use-live";
import { useSearchState } from "@/components/live/use-search-state";
import { useRunPrefetch } from "@/components/run/use-run-prefetch";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import type { RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { FilterSentence } from "./filter-sentence";
import { QueueSection } from "./queue-section";
import { RunCards } from "./run-cards";
import { filterRuns, NO_FILTER, readFilter, writeFilter } from "./run-filter";
import { RunTable } from "./run-table";
import { SelectionBar } from "./selection-bar";

const RunComparison = dynamic(() => import("./run-comparison").then((module) => module.RunComparison), {
  loading: () => <div className="mt-6 h-96" aria-busy="true" />,
});
const SweepView = dynamic(() => import("./sweep-view").then((module) => module.SweepView));
const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog));

/** So many curves are still drawn in a blink; more say nothing to anybody. */
const MAX_SELECTED = 100;

export function RunsPage() {
  const t = useTranslations("runs");
  const { data: runs, error, dataUpdatedAt } = useRuns();
  const [importing, setImporting] = useState(false);
  return (
    <main id="main" className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        {runs && <Counts runs={runs} />}
        <div className="acts">
          <Button kind="ghost" icon="folder" onClick={() => setImporting(true)}>
            {t("import.button")}
          </Button>
          <Link prefetch={false} className={buttonClass("primary")} href="/train">
            <Icon name="plus" />
            {t("new")}
          </Link>
        </div>
      </div>
      {!runs &&
        (error ? <Message kind="bad">{error.message}</Message> : <p className="muted">{t("loading")}</p>)}
      {runs?.length === 0 && (
        <EmptyState
          title={t("emptyTitle")}
          action={
            <Link prefetch={false} className={buttonClass("primary")} href="/train">
              {t("emptyAction")}
            </Link>
          }
        >
          {t("empty")}
        </EmptyState>
      )}
      {runs && runs.length > 0 && (
        <>
          <QueueSection runs={runs} asOf={dataUpdatedAt} />
          <RunList runs={runs} />
        </>
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </main>
  );
}

function Counts({ runs }: { runs: readonly RunSummary[] }) {
  const t = useTranslations("runs");
  const running = runs.filter((run) => run.status === "running" || run.status === "stopping").length;
  const queued = runs.filter((run) => run.status === "queued").length;
  return (
    <span className="faint">
      {t("counts", { kept: runs.filter((run) => isEnded(run.status)).length, running, queued })}
    </span>
  );
}

function RunList({ runs }: { runs: readonly RunSummary[] }) {
  const t = useTranslations("runs");
  const narrow = useNarrow();
  const prefetch = useRunPrefetch();
  const [search, setSearch] = useSearchState();
  const filter = useMemo(() => readFilter(search), [search]);
  const shown = useMemo(() => filterRuns(runs, filter), [runs, filter]);
  const selectedText = search.get("runs") ?? "";
  const selected = useMemo(() => {
    const ids = new Set(selectedText.split(",").filter(Boolean));
    return runs.filter((run) => ids.has(run.id));
  }, [runs, selectedText]);
  const ids = selected.map((run) => run.id).join(",");
  const colours = useMemo(() => runColours(ids === "" ? [] : ids.split(",")), [ids]);

  const onSelectAll = useCallback(
    (all: boolean) => {
      const wanted = all ? shown.slice(0, MAX_SELECTED).map((run) => run.id) : [];
      setSearch({ runs: wanted.length > 0 ? wanted.join(",") : null });
    },
    [shown, setSearch],
  );

  const onSelect = useCallback(
    (id: string, add: boolean) => {
      const others = ids.split(",").filter((other) => other !== "" && other !== id);
      const next = add ? [...others, id].slice(-MAX_SELECTED) : others;
      setSearch({ runs: next.length > 0 ? next.join(",") : null });
    },
    [ids, setSearch],
  );

  const List = narrow ? RunCards : RunTable;
  return (
    <section aria-label={t("allRuns")} {...prefetch}>
      {filter.sweep !== null && (
        <SweepView
          runs={runs.filter((run) => run.sweep?.id === filter.sweep)}
          onLeave={() => setSearch({ sweep: null, runs: null })}
          onCompare={(compared) => setSearch({ runs: compared.map((run) => run.id).join(",") })}
        />
      )}
      <div className="row row--wrap mb-1 gap-x-1.5 gap-y-1 text-md">
        <FilterText text={filter.text} onChange={(text) => setSearch(writeFilter({ text }))} />
        <FilterSentence runs={runs} filter={filter} onChange={(change) => setSearch(writeFilter(change))} />
        <span className="grow" />
        {selected.length > 0 && (
          <SelectionBar runs={runs} selected={selected} onClear={() => setSearch({ runs: null })} />
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={t("noMatch")}
          action={<Button onClick={() => setSearch(writeFilter(NO_FILTER))}>{t("showAll")}</Button>}
        />
      ) : (
        <List runs={shown} colours={colours} onSelect={onSelect} onSelectAll={onSelectAll} />
      )}
      {selected.length > 0 && <RunComparison runs={selected} colours={colours} />}
    </section>
  );
}

/** Words to find; they reach the address a moment after the last key. */
function FilterText({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useTranslations("runs.filter");
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function onInput(next: string) {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next), 120);
  }

  return (
    <input
      type="search"
      className="control h-7! w-44 max-wide:w-full"
      data-find
      placeholder={t("find")}
      aria-label={t("find")}
      value={typed}
      onChange={(event) => onInput(event.target.value)}
    />
  );
}
