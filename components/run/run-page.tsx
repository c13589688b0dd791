"use client";
/** The run page: name and state, what the curve says, how far it is, the charts, and the panel beside them. */
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useRun } from "@/components/live/use-live";
import { useSearchState } from "@/components/live/use-search-state";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusMark } from "@/components/ui/status-mark";
import type { RunDetail } from "@/server/contract/run";
import { FailurePanel, StartAgain } from "./failure-panel";
import { useRunActions } from "./run-actions";
import { RunAbout } from "./run-about";
import { RunButtons } from "./run-buttons";
import { RunCurveSection, RunSentence, useChartsSoon } from "./run-curve-section";
import { RunName } from "./run-name";
import { RunProgress } from "./run-progress";
import { shareDone } from "./share-done";
import { hasSamples, RunSide, SIDE_TABS, type SideTab } from "./run-side";

const TimelinePage = dynamic(() =>
  import("@/components/samples/timeline-page").then((module) => module.TimelinePage),
);

/** transformers' logging_steps where the YAML leaves it out. */
const DEFAULT_LOG_STEPS = 500;

export function RunPage({ id }: { id: string }) {
  const { data: run, error, dataUpdatedAt } = useRun(id);
  useChartsSoon();
  if (!run) {
    return (
      <main id="main" className="page">
        {error ? <RunMissing reason={error.message} /> : <RunSkeleton />}
      </main>
    );
  }
  return <LoadedRun run={run} asOf={dataUpdatedAt} />;
}

/** The page for one state of the address: the run itself, or the timeline of its answers. */
function LoadedRun(props: LoadedRunProps) {
  const [search] = useSearchState();
  return search.get("view") === "timeline" ? <TimelinePage run={props.run} /> : <RunView {...props} />;
}

interface LoadedRunProps {
  run: RunDetail;
  asOf: number;
}

function RunView({ run, asOf }: LoadedRunProps) {
  const [search, setSearch] = useSearchState();
  const first: SideTab = hasSamples(run) ? "samples" : "log";
  const tab = SIDE_TABS.find((candidate) => candidate === search.get("tab")) ?? first;
  const broken = run.status === "failed" || run.status === "interrupted";
  const setTab = (next: SideTab) => setSearch({ tab: next === first ? null : next });
  const chartFacts = useChartFacts(run);

  function showLog() {
    setTab("log");
    // On a phone the panel lies under the charts.
    document.getElementById("side")?.scrollIntoView({ block: "nearest" });
  }

  return (
    <main id="main" className="split">
      <div className="page">
        <RunHead run={run} onShowLog={showLog} />
        <RunAbout run={run} />
        {broken ? (
          <FailurePanel run={run} />
        ) : (
          <RunSentence
            id={run.id}
            status={run.status}
            logEvery={Number(run.config.logging_steps ?? DEFAULT_LOG_STEPS)}
          />
        )}
        {run.status === "failed" && <StartAgain run={run} />}
        {run.status !== "failed" && <RunProgress run={run} asOf={asOf} />}
        <RunCurveSection id={run.id} name={run.name} status={run.status} {...chartFacts} />
      </div>
      <RunSide run={run} tab={tab} onTab={setTab} />
    </main>
  );
}

/** What the charts need of the run; keeps its identity while nothing of it changes, so that status updates draw nothing. */
function useChartFacts(run: RunDetail) {
  const steps = run.checkpoints.flatMap((checkpoint) =>
    checkpoint.step === null || checkpoint.name === "final" ? [] : [checkpoint.step],
  );
  const stepsKey = steps.join(" ");
  const { save_steps: saveSteps, save_strategy: saveStrategy, max_grad_norm: maxGradNorm } = run.config;
  return useMemo(() => {
    const every = Number(saveSteps ?? 500);
    const bySteps = saveStrategy === undefined || saveStrategy === "steps";
    const limit = Number(maxGradNorm ?? 1);
    return {
      checkpointSteps: stepsKey === "" ? [] : stepsKey.split(" ").map(Number),
      saveEvery: bySteps && every >= 1 ? every : null,
      maxGradNorm: limit > 0 ? limit : null,
    };
  }, [stepsKey, saveSteps, saveStrategy, maxGradNorm]);
}

function RunHead({ run, onShowLog }: { run: RunDetail; onShowLog: () => void }) {
  const t = useTranslations("run");
  const { describe } = useRunActions(run.id);
  const text =
    run.status === "failed" && run.step > 0
      ? t("failedAt", { step: run.step, total: run.total_steps })
      : undefined;
  return (
    <div className="page-head mb-2! flex-wrap">
      <RunName name={run.name} onRename={(name) => describe.mutate({ name })} />
      <StatusMark status={run.status} progress={shareDone(run)} text={text} />
      <RunButtons run={run} onShowLog={onShowLog} />
    </div>
  );
}

function RunMissing({ reason }: { reason: string }) {
  const t = useTranslations("run");
  return (
    <>
      <h1 className="mb-4">{t("missing")}</h1>
      <EmptyState
        title={reason}
        action={
          <Link className={buttonClass()} href="/runs">
            {t("allRuns")}
          </Link>
        }
      />
    </>
  );
}

/** The page's lines in grey until the run is known: never blank, nothing jumps. */
function RunSkeleton() {
  const t = useTranslations("run");
  return (
    <div role="status" aria-label={t("loading")}>
      <div className="h-8 w-64 rounded-md bg-sunken" />
      <div className="mt-3 h-6 w-[min(560px,100%)] rounded-md bg-sunken" />
      <div className="mt-4 h-2 w-full rounded-md bg-sunken" />
      <div className="mt-12 h-96 w-full rounded-md bg-sunken" />
    </div>
  );
}
