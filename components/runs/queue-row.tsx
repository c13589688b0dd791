"use client";
/** One run of the queue: how far it is, or its place among those that wait, with the handle that moves it. */
import dynamic from "next/dynamic";
import Link from "next/link";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "@/components/i18n/use-format";
import { useRunActions } from "@/components/run/run-actions";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { Progress } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status-mark";
import type { RunSummary } from "@/server/contract/run";
import { useRunWords } from "./run-words";

const StopDialog = dynamic(() => import("@/components/run/stop-dialog").then((module) => module.StopDialog));

export interface QueuePlace {
  index: number;
  count: number;
  isDragged: boolean;
  /** The dragged run would land here. */
  isTarget: boolean;
  onMove: (to: number) => void;
  onDragStart: () => void;
  onDragOver: () => void;
  onDragEnd: () => void;
}

export interface QueueRowProps {
  run: RunSummary;
  asOf: number;
  /** Only of a run that waits. */
  place?: QueuePlace;
}

export function QueueRow({ run, asOf, place }: QueueRowProps) {
  const t = useTranslations("runs.queue");
  const words = useRunWords();
  const { stop, startNow } = useRunActions(run.id);
  const [asking, setAsking] = useState(false);
  return (
    <li
      className={`grid min-h-10 grid-cols-[24px_minmax(0,190px)_130px_minmax(0,280px)_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-1 hover:bg-hover max-split:grid-cols-[24px_minmax(0,1fr)_auto] max-split:py-2 ${place?.isDragged ? "opacity-50" : ""} ${place?.isTarget ? "bg-selected" : ""}`}
      draggable={place !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", run.name);
        place?.onDragStart();
      }}
      onDragEnter={place?.onDragOver}
      onDragEnd={place?.onDragEnd}
    >
      {place ? <Handle name={run.name} place={place} /> : <span />}
      <Link
        prefetch={false}
        className="clip font-medium text-fg!"
        href={`/runs/${encodeURIComponent(run.id)}`}
        draggable={false}
      >
        {run.name}
      </Link>
      <span className="max-split:col-start-2 max-split:col-end-4">
        <StatusMark
          status={run.status}
          progress={words.progress(run)}
          text={place ? t(place.index === 0 ? "next" : "waiting") : undefined}
        />
      </span>
      <Middle run={run} asOf={asOf} />
      <span className="row justify-end gap-1 max-split:col-start-3 max-split:row-start-1">
        <Button size="sm" kind={place ? "ghost" : "plain"} onClick={() => setAsking(true)}>
          {t(place ? "remove" : run.status === "stopping" ? "stopping" : "stop")}
        </Button>
        {place && (
          <Menu
            items={[
              { key: "now", label: t("startNow"), icon: "play", onSelect: () => startNow.mutate() },
              {
                key: "first",
                label: t("toFront"),
                icon: "send",
                disabled: place.index === 0,
                onSelect: () => place.onMove(0),
              },
              {
                key: "last",
                label: t("toEnd"),
                icon: "down",
                disabled: place.index === place.count - 1,
                onSelect: () => place.onMove(place.count - 1),
              },
            ]}
          >
            <button
              type="button"
              className="btn btn--icon btn--sm"
              aria-label={t("more", { name: run.name })}
            >
              <Icon name="more" />
            </button>
          </Menu>
        )}
      </span>
      {asking && (
        <StopDialog run={run} onClose={() => setAsking(false)} onStop={(wish) => stop.mutate(wish)} />
      )}
    </li>
  );
}

/** Dragged with a pointer, moved with the arrow keys. */
function Handle({ name, place }: { name: string; place: QueuePlace }) {
  const t = useTranslations("runs.queue");

  function onKeyDown(event: KeyboardEvent) {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const to = place.index + by;
    if (to >= 0 && to < place.count) place.onMove(to);
  }

  return (
    <button
      type="button"
      className="grid h-6 w-6 cursor-grab place-items-center text-fg-3"
      aria-label={t("handle", { name, place: place.index + 1, count: place.count })}
      title={t("handleHint")}
      onKeyDown={onKeyDown}
    >
      <Icon name="drag" />
    </button>
  );
}

function Middle({ run, asOf }: { run: RunSummary; asOf: number }) {
  const t = useTranslations("runs.queue");
  const format = useFormat();
  const words = useRunWords();
  if (run.status === "queued") {
    return (
      <span className="muted clip col-span-2 max-split:col-start-2 max-split:col-end-4">
        {[words.method(run), words.data(run), run.sweep && t("ofSweep", { name: run.sweep.name })]
          .filter(Boolean)
          .join(", ")}
      </span>
    );
  }
  return (
    <>
      <span className="row max-split:col-start-2 max-split:col-end-4">
        <Progress className="w-30" value={run.step} max={run.total_steps} label={run.name} />
        {run.total_steps > 0 && (
          <span className="nowrap">
            {t("steps", { step: format.count(run.step), total: format.count(run.total_steps) })}
          </span>
        )}
      </span>
      <span className="muted max-split:order-last max-split:col-start-2 max-split:col-end-4">
        {run.remaining_seconds !== null &&
          t("left", {
            time: format.duration(run.remaining_seconds),
            clock: format.clock(new Date(asOf + run.remaining_seconds * 1000)),
          })}
      </span>
    </>
  );
}
