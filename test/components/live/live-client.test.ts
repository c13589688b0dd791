// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { queryKeys } from "@/components/api/query-keys";
import type { HeldMetrics } from "@/components/live/byte-stream";
import { createLiveClient, type LiveSocket } from "@/components/live/live-client";
import { mergeRuns } from "@/components/live/take-in";
import type { RunSummary } from "@/server/contract/run";

/** A socket without a wire: `receive` plays the server, `sent` holds what the client asked. */
function fakeSocket() {
  const handlers = new Map<string, (payload?: unknown) => void>();
  const sent: { event: string; request: unknown }[] = [];
  const socket = {
    connected: false,
    on: (event: string, handler: (payload?: unknown) => void) => handlers.set(event, handler),
    emit: (event: string, request: unknown) => sent.push({ event, request }),
  };
  return {
    socket: socket as unknown as LiveSocket,
    sent,
    receive: (event: string, payload?: unknown) => handlers.get(event)?.(payload),
    connect() {
      socket.connected = true;
      handlers.get("connect")?.();
    },
    drop() {
      socket.connected = false;
      handlers.get("disconnect")?.();
    },
  };
}

const chunk = (id: string, from: number, to: number) => ({
  id,
  from,
  to,
  reset: false,
  points: [{ current_steps: to, total_steps: 9, loss: 1 }],
});

describe("the live client", () => {
  let queries: QueryClient;
  beforeEach(() => {
    vi.useFakeTimers();
    queries = new QueryClient();
    return () => vi.useRealTimers();
  });
  const held = () => queries.getQueryData<HeldMetrics>(queryKeys.metrics("a"));

  test("after a break it asks from the offset it holds", () => {
    const server = fakeSocket();
    const client = createLiveClient(queries);
    client.connect(server.socket);
    client.watchRun("a");
    server.connect();
    expect(server.sent).toEqual([
      { event: "run:subscribe", request: { id: "a", metrics_offset: 0, log_offset: -1, points: 1000 } },
    ]);
    server.receive("run:metrics", chunk("a", 0, 40));
    vi.advanceTimersByTime(300);
    server.drop();
    server.connect();
    expect(server.sent.at(-1)).toEqual({
      event: "run:subscribe",
      request: { id: "a", metrics_offset: 40, log_offset: -1, points: 1000 },
    });
  });

  test("points that come together are one change of the cache", () => {
    const server = fakeSocket();
    createLiveClient(queries).connect(server.socket);
    const changes = vi.fn();
    queries.getQueryCache().subscribe((event) => event.type === "updated" && changes());
    server.receive("run:metrics", chunk("a", 0, 40));
    server.receive("run:metrics", chunk("a", 40, 80));
    server.receive("run:metrics", chunk("a", 80, 120));
    expect(held()).toBeUndefined();
    vi.advanceTimersByTime(300);
    expect(held()?.points).toHaveLength(3);
    expect(changes).toHaveBeenCalledTimes(1);
  });

  test("missing bytes are asked for again at once", () => {
    const server = fakeSocket();
    const client = createLiveClient(queries);
    client.connect(server.socket);
    client.watchRun("a");
    server.connect();
    server.receive("run:metrics", chunk("a", 0, 40));
    server.receive("run:metrics", chunk("a", 80, 120));
    vi.advanceTimersByTime(300);
    expect(held()?.to).toBe(40);
    expect(server.sent.at(-1)?.request).toMatchObject({ id: "a", metrics_offset: 40 });
  });

  test("a run is left only when its last viewer leaves", () => {
    const server = fakeSocket();
    const client = createLiveClient(queries);
    client.connect(server.socket);
    server.connect();
    const leave = [client.watchRun("a"), client.watchRun("a")];
    leave[0]!();
    expect(server.sent.map((message) => message.event)).toEqual(["run:subscribe"]);
    leave[1]!();
    expect(server.sent.at(-1)).toEqual({ event: "run:unsubscribe", request: { id: "a" } });
  });

  test("it counts as down only after some patience", () => {
    const server = fakeSocket();
    const client = createLiveClient(queries);
    client.connect(server.socket);
    server.connect();
    server.drop();
    expect(client.isUp()).toBe(true);
    vi.advanceTimersByTime(2_000);
    expect(client.isUp()).toBe(false);
    server.connect();
    expect(client.isUp()).toBe(true);
  });
});

describe("changes of the list", () => {
  const run = (id: string, step = 0) => ({ id, step }) as RunSummary;

  test("replace, add in front and remove", () => {
    const changes = new Map([
      ["b", run("b", 5)],
      ["c", null],
      ["d", run("d")],
    ]);
    expect(mergeRuns([run("a"), run("b"), run("c")], changes)).toEqual([run("d"), run("a"), run("b", 5)]);
  });
});
