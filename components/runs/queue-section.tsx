"use client";
/** What is going and what waits, in the order of the queue; on top of the list. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useRunActions } from "@/components/run/run-actions";
import { StopDialog } from "@/components/run/stop-dialog";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status-mark";
import type { RunSummary } from "@/server/contract/run";
import { useState } from "react";
import { useRunWords } from "./run-words";

export interface QueueSectionProps {
  runs: readonly RunSummary[];
  /** When the server said so, in milliseconds. */
  asOf: number;
}

export function QueueSection({ runs, asOf }: QueueSectionProps) {
  const t = useTranslations("runs.queue");
  const going = runs.filter((run) => run.status === "running" || run.status === "stopping");
  const waiting = runs
    .filter((run) => run.status === "queued")
    .sort((a, b) => a.created_at.localeCompare(b.created_at));
  if (going.length + waiting.length === 0) return null;
  return (
    <section className="mb-6" aria-label={t("title")}>
      <div className="row between h-6">
        <h2>{t("title")}</h2>
        {waiting.length > 0 && <span className="faint small">{t("inTurn")}</span>}
      </div>
      <ul className="mt-1 border-t border-line-2">
        {[...going, ...waiting].map((run) => (
          <QueueRow key={run.id} run={run} isNext={run === waiting[0]} asOf={asOf} />
        ))}
      </ul>
    </section>
  );
}

interface QueueRowProps {
  run: RunSummary;
  isNext: boolean;
  asOf: number;
}

function QueueRow({ run, isNext, asOf }: QueueRowProps) {
  const t = useTranslations("runs.queue");
  const format = useFormat();
  const words = useRunWords();
  const { stop } = useRunActions(run.id);
  const [asking, setAsking] = useState(false);
  const waits = run.status === "queued";
  return (
    <li className="grid min-h-10 grid-cols-[minmax(0,190px)_130px_minmax(0,280px)_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-1 pl-2 hover:bg-hover max-split:grid-cols-[minmax(0,1fr)_auto] max-split:py-2">
      <Link className="clip font-medium text-fg!" href={`/runs/${encodeURIComponent(run.id)}`}>
        {run.name}
      </Link>
      <StatusMark
        status={run.status}
        progress={words.progress(run)}
        text={waits ? t(isNext ? "next" : "waiting") : undefined}
      />
      {waits ? (
        <span className="muted clip">
          {words.method(run)}, {words.data(run)}
        </span>
      ) : (
        <span className="row">
          <Progress className="w-30" value={run.step} max={run.total_steps} label={run.name} />
          {run.total_steps > 0 && (
            <span className="nowrap">
              {t("steps", { step: format.count(run.step), total: format.count(run.total_steps) })}
            </span>
          )}
        </span>
      )}
      <span className="muted max-split:order-last max-split:col-span-full">
        {run.remaining_seconds !== null &&
          t("left", {
            time: format.duration(run.remaining_seconds),
            clock: format.clock(new Date(asOf + run.remaining_seconds * 1000)),
          })}
      </span>
      <Button
        size="sm"
        kind={waits ? "ghost" : "plain"}
        disabled={run.status === "stopping"}
        onClick={() => setAsking(true)}
      >
        {t(waits ? "remove" : "stop")}
      </Button>
      <StopDialog run={run} open={asking} onClose={() => setAsking(false)} onStop={() => stop.mutate()} />
    </li>
  );
}
