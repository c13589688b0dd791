"use client";
/** What is going and what waits, in the order of the queue; on top of the list. The order changes by dragging or by keys. */
import { type DragEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useJoining } from "@/components/i18n/use-joining";
import { useQueue } from "@/components/live/use-live";
import { Button } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import type { QueueStatus } from "@/server/contract/queue";
import type { RunSummary } from "@/server/contract/run";
import { moved, useChangeQueue } from "./queue-actions";
import { QueueRow } from "./queue-row";

export interface QueueSectionProps {
  runs: readonly RunSummary[];
  /** When the server said so, in milliseconds. */
  asOf: number;
}

export function QueueSection({ runs, asOf }: QueueSectionProps) {
  const t = useTranslations("runs.queue");
  const { data: queue } = useQueue();
  const change = useChangeQueue();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const going = runs.filter((run) => run.status === "running" || run.status === "stopping");
  const waiting = inOrder(
    runs.filter((run) => run.status === "queued"),
    queue?.order ?? [],
  );
  if (going.length + waiting.length === 0 && !queue?.paused) return null;
  const ids = waiting.map((run) => run.id);
  const move = (id: string, to: number) => change.mutate({ order: moved(ids, id, to) });

  function onDrop(event: DragEvent) {
    event.preventDefault();
    if (dragged !== null && over !== null) move(dragged, over);
    setDragged(null);
    setOver(null);
  }

  return (
    <section className="mb-6" aria-label={t("title")}>
      <div className="row between row--wrap min-h-7 gap-y-1">
        <h2>{t("title")}</h2>
        <span className="row gap-x-3">
          <QueueWords queue={queue} going={going} waiting={waiting} asOf={asOf} />
          {queue && (
            <Button
              size="sm"
              icon={queue.paused ? "play" : "pause"}
              onClick={() => change.mutate({ paused: !queue.paused })}
            >
              {t(queue.paused ? "resumeQueue" : "pauseQueue")}
            </Button>
          )}
        </span>
      </div>
      {queue?.paused && (
        <Message kind="warn" className="mt-1">
          {queue.paused_by ? t("pausedBy", { name: queue.paused_by.name }) : t("paused")}
        </Message>
      )}
      <ul
        className="mt-1 border-t border-line-2"
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
      >
        {going.map((run) => (
          <QueueRow key={run.id} run={run} asOf={asOf} />
        ))}
        {waiting.map((run, index) => (
          <QueueRow
            key={run.id}
            run={run}
            asOf={asOf}
            place={{
              index,
              count: waiting.length,
              isDragged: run.id === dragged,
              isTarget: over === index && dragged !== null && dragged !== run.id,
              onMove: (to) => move(run.id, to),
              onDragStart: () => setDragged(run.id),
              onDragOver: () => setOver(index),
              onDragEnd: () => {
                setDragged(null);
                setOver(null);
              },
            }}
          />
        ))}
      </ul>
    </section>
  );
}

/** By the queue's own order where that is known, else by the places that the runs came with. */
function inOrder(waiting: readonly RunSummary[], order: readonly string[]): RunSummary[] {
  const placeOf = (run: RunSummary) => {
    const index = order.indexOf(run.id);
    return index < 0 ? order.length + (run.queue_position ?? 0) : index;
  };
  return [...waiting].sort((a, b) => placeOf(a) - placeOf(b) || a.created_at.localeCompare(b.created_at));
}

interface QueueWordsProps {
  queue: QueueStatus | undefined;
  going: readonly RunSummary[];
  waiting: readonly RunSummary[];
  asOf: number;
}

/** "One at a time. The first place is free about 16:41." */
function QueueWords({ queue, going, waiting, asOf }: QueueWordsProps) {
  const t = useTranslations("runs.queue");
  const format = useFormat();
  const { sentences } = useJoining();
  if (!queue || waiting.length === 0) return null;
  const ends = going.flatMap((run) => run.remaining_seconds ?? []);
  const next = ends.length > 0 && ends.length === going.length ? Math.min(...ends) : null;
  return (
    <span className="faint small">
      {sentences([
        t("atATime", { count: queue.slots }),
        ...(next !== null && !queue.paused
          ? [t("nextAt", { clock: format.clock(new Date(asOf + next * 1000)) })]
          : []),
      ])}
    </span>
  );
}
