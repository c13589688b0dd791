/**
 * The one socket of the app. Subscribes to runs as long as somebody looks at them and hands what arrives to the
 * react-query cache, bursts together. After a break it asks from the offsets it holds, so nothing is missed
 * and nothing counted twice. It does not know the pages.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { Socket } from "socket.io-client";
import { reportAnswer, reportSilence } from "@/components/api/connection";
import { queryKeys } from "@/components/api/query-keys";
import { whenCalm } from "@/components/ui/when-calm";
import type { ClientEvents, ServerEvents } from "@/server/contract/events";
import { type HeldLog, type HeldMetrics, NO_LOG, NO_METRICS } from "./byte-stream";
import { createPacedBatch } from "./paced-batch";
import { type Arrival, takeIn } from "./take-in";

export type LiveSocket = Socket<ServerEvents, ClientEvents>;

/** Arrivals within this time of the last ones are taken in together: a fast run redraws twenty times a second. */
const PAUSE_MS = 50;
/** Points of a long curve that are fetched at once: twice as many as a chart draws; a zoom asks for those in sight. */
export const POINTS = 1_000;
/** How long the socket may take before the hooks ask over HTTP instead. */
const PATIENCE_MS = 1_500;

export interface LiveClient {
  /** False once the socket has been away for a while: then the hooks ask over HTTP. */
  isUp: () => boolean;
  onUpChange: (listener: () => void) => () => void;
  /** Keeps a run's status, metrics and log fresh until the returned function is called; viewers are counted. */
  watchRun: (id: string) => () => void;
  /** Keeps the list of runs fresh. */
  watchRuns: () => () => void;
}

/**
 * Connects a socket, once it is there, and a query cache. What is watched is asked for when the socket connects, and again
 * after every reconnect.
 */
export function createLiveClient(
  queries: QueryClient,
): LiveClient & { connect: (socket: LiveSocket) => void } {
  let socket: LiveSocket | null = null;
  const up = createUpState();
  const watchedRuns = new Map<string, number>();
  let listWatchers = 0;

  const arrivals = createPacedBatch<Arrival>((items) => {
    for (const id of takeIn(queries, items)) if (watchedRuns.has(id)) askForRun(id);
  }, PAUSE_MS);

  function askForRun(id: string) {
    const metrics = queries.getQueryData<HeldMetrics>(queryKeys.metrics(id)) ?? NO_METRICS;
    const log = queries.getQueryData<HeldLog>(queryKeys.log(id)) ?? NO_LOG;
    socket?.emit(
      "run:subscribe",
      { id, metrics_offset: metrics.to, log_offset: log.to, points: POINTS },
      (result) => {
        if ("data" in result) arrivals.add({ kind: "run", run: result.data.run });
      },
    );
  }

  function askForList() {
    socket?.emit("runs:subscribe", (result) => {
      if ("data" in result) queries.setQueryData(queryKeys.runs, { items: result.data.items });
    });
  }

  function lost() {
    reportSilence();
    up.lost();
  }

  function connect(opened: LiveSocket) {
    socket = opened;
    opened.on("connect", () => {
      reportAnswer();
      up.found();
      if (listWatchers > 0) askForList();
      for (const id of watchedRuns.keys()) askForRun(id);
    });
    opened.on("disconnect", lost);
    opened.on("connect_error", lost);
    opened.on("run:metrics", (chunk) => arrivals.add({ kind: "metrics", chunk }));
    opened.on("run:log", (chunk) => arrivals.add({ kind: "log", chunk }));
    opened.on("run:status", (run) => arrivals.add({ kind: "run", run }));
    opened.on("run:removed", ({ id }) => arrivals.add({ kind: "removed", id }));
    opened.on("queue:status", (status) => queries.setQueryData(queryKeys.queue, status));
    opened.on("machine:status", (status) => queries.setQueryData(queryKeys.machine, status));
  }

  return {
    connect,
    isUp: up.get,
    onUpChange: up.subscribe,
    watchRun(id) {
      const viewers = watchedRuns.get(id) ?? 0;
      watchedRuns.set(id, viewers + 1);
      if (viewers === 0 && socket?.connected) askForRun(id);
      return () => {
        const left = (watchedRuns.get(id) ?? 1) - 1;
        if (left > 0) watchedRuns.set(id, left);
        else if (watchedRuns.delete(id) && socket?.connected) socket.emit("run:unsubscribe", { id });
      };
    },
    watchRuns() {
      listWatchers += 1;
      if (listWatchers === 1 && socket?.connected) askForList();
      return () => {
        listWatchers -= 1;
      };
    },
  };
}

/** Whether the socket is there, with patience before it says no. */
function createUpState() {
  let isUp = true;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const listeners = new Set<() => void>();

  function set(next: boolean) {
    if (next === isUp) return;
    isUp = next;
    for (const listener of listeners) listener();
  }

  function lost() {
    // The failures of one outage must not start the clock again.
    timer ??= setTimeout(() => set(false), PATIENCE_MS);
  }

  lost();
  return {
    get: () => isUp,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    lost,
    found() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      set(true);
    },
  };
}

const clients = new WeakMap<QueryClient, LiveClient>();

/**
 * The app's client, made at first use; one per query cache. Its socket opens when the page has time, or with the first run
 * that is watched: the points of a curve come no other way, while lists have been asked for over HTTP by then.
 */
export function liveClientFor(queries: QueryClient): LiveClient {
  const known = clients.get(queries);
  if (known) return known;
  const { connect, ...client } = createLiveClient(queries);
  let isAsked = false;
  function open() {
    if (isAsked) return;
    isAsked = true;
    // Where the socket's library does not come, the hooks ask over HTTP, as without a socket.
    void import("socket.io-client").then(
      ({ io }) =>
        connect(
          io({ transports: ["websocket", "polling"], reconnectionDelay: 300, reconnectionDelayMax: 2_000 }),
        ),
      () => undefined,
    );
  }
  whenCalm(open);
  const live: LiveClient = {
    ...client,
    watchRun(id) {
      open();
      return client.watchRun(id);
    },
  };
  clients.set(queries, live);
  return live;
}
