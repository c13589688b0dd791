/** The socket: two viewers, replay from an offset, nothing lost and nothing twice, quick from file to client. */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { RunSummary } from "@/server/contract/run";
import { dataOf, makeHome, openConsole, removeHome, type TestConsole } from "../console/test-console";

let home: string;
let tuneboard: TestConsole;

beforeEach(async () => {
  home = await makeHome();
  tuneboard = await openConsole(home);
});

afterEach(async () => {
  await tuneboard.close();
  await removeHome(home);
});

/** A viewer that keeps what a page would keep. */
async function viewer(id: string, from = { metrics_offset: 0, log_offset: -1 }) {
  const socket = await tuneboard.connect();
  const metrics: MetricsChunk[] = [];
  const log: LogChunk[] = [];
  const statuses: RunSummary[] = [];
  socket.on("run:metrics", (chunk) => metrics.push(chunk));
  socket.on("run:log", (chunk) => log.push(chunk));
  socket.on("run:status", (run) => statuses.push(run));
  const { run } = dataOf(await socket.emitWithAck("run:subscribe", { id, ...from }));
  return {
    socket,
    run,
    metrics,
    log,
    statuses,
    steps: () => metrics.flatMap(({ points }) => points.map((point) => point.current_steps)),
  };
}

const joined = (chunks: { from: number; to: number }[]) =>
  chunks.every((chunk, i) => i === 0 || chunk.from === chunks[i - 1]!.to);

describe("two viewers of one run", () => {
  it("see the same points whether they come first, late or back again", async () => {
    await tuneboard.script({ steps: 40, stepMs: 25 });
    const id = await tuneboard.startRun();
    const early = await viewer(id);
    await expect.poll(() => early.steps().length, { interval: 5 }).toBeGreaterThan(5);
    const late = await viewer(id);
    await expect.poll(() => late.steps().length, { interval: 5 }).toBeGreaterThan(10);
    const held = late.metrics.at(-1)!.to;
    const heldSteps = late.steps();
    late.socket.disconnect();
    const back = await viewer(id, { metrics_offset: held, log_offset: late.log.at(-1)?.to ?? -1 });
    await tuneboard.untilStatus(id, "finished");

    const everything = [...Array.from({ length: 40 }, (_, i) => i + 1), 40];
    await expect.poll(() => early.steps(), { timeout: 20_000 }).toEqual(everything);
    await expect.poll(() => [...heldSteps, ...back.steps()], { timeout: 20_000 }).toEqual(everything);
    expect(joined(early.metrics)).toBe(true);
    expect(joined([...late.metrics, ...back.metrics])).toBe(true);
    expect((early.statuses.at(-1) ?? early.run).status).toBe("finished");
    expect(early.log.map(({ text }) => text).join("")).toContain("***** Running training *****");
  });

  it("are told to forget when the file was replaced by a shorter one", async () => {
    const id = await tuneboard.startRun();
    await tuneboard.untilStatus(id, "finished");
    const { metrics } = await viewer(id, { metrics_offset: 1_000_000, log_offset: -1 });
    expect(metrics[0]).toMatchObject({ from: 0, reset: true });
    expect(metrics[0]?.points).toHaveLength(6);
  });
});

describe("the list", () => {
  it("tells of runs as they appear, change and go", async () => {
    const socket = await tuneboard.connect();
    const seen: string[] = [];
    const gone: string[] = [];
    socket.on("run:status", (run) => seen.push(run.status));
    socket.on("run:removed", ({ id }) => gone.push(id));
    expect(dataOf(await socket.emitWithAck("runs:subscribe")).items).toEqual([]);
    const id = await tuneboard.startRun();
    await tuneboard.untilStatus(id, "finished");
    await expect.poll(() => seen).toContain("finished");
    expect(seen).toContain("running");
    await tuneboard.api(`/api/runs/${id}`, { method: "DELETE" });
    await expect.poll(() => gone).toEqual([id]);
  });

  it("answers a request for an unknown run with the reason", async () => {
    const socket = await tuneboard.connect();
    const reply = await socket.emitWithAck("run:subscribe", {
      id: "nowhere",
      metrics_offset: 0,
      log_offset: -1,
    });
    expect(reply).toMatchObject({ error: { code: "not_found" } });
    const malformed = await socket.emitWithAck("run:subscribe", {
      id: "x",
      metrics_offset: -5,
      log_offset: -1,
    });
    expect(malformed).toMatchObject({ error: { code: "invalid_request" } });
  });
});

describe("a line in trainer_log.jsonl", () => {
  it("reaches a viewer within a few milliseconds", async () => {
    await tuneboard.script({ steps: 1, stepMs: 5000 });
    const id = await tuneboard.startRun();
    const { folder } = await tuneboard.untilStatus(id, "running");
    const { socket } = await viewer(id);
    const file = path.join(home, folder, "trainer_log.jsonl");
    const delays: number[] = [];
    for (let step = 1; step <= 15; step++) {
      const arrived = new Promise<void>((resolve) => socket.once("run:metrics", () => resolve()));
      const written = performance.now();
      appendFileSync(file, `{"current_steps": ${step}, "total_steps": 100, "loss": 1.5}\n`);
      await arrived;
      delays.push(performance.now() - written);
    }
    await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST" });
    delays.sort((a, b) => a - b);
    // A poll alone would take 250 ms on average.
    expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(60);
  });

  it("is not told before it is whole", async () => {
    await tuneboard.script({ steps: 1, stepMs: 5000 });
    const id = await tuneboard.startRun();
    const { folder } = await tuneboard.untilStatus(id, "running");
    const { metrics } = await viewer(id);
    const file = path.join(home, folder, "trainer_log.jsonl");
    appendFileSync(file, '{"current_steps": 1, "total_');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(metrics).toHaveLength(0);
    appendFileSync(file, 'steps": 2, "loss": 1.0}\n');
    await expect
      .poll(() => metrics.flatMap(({ points }) => points))
      .toEqual([{ current_steps: 1, total_steps: 2, loss: 1 }]);
    await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST" });
  });
});

describe("machine status", () => {
  it("comes on its own while somebody is connected", async () => {
    const socket = await tuneboard.connect();
    const status = await new Promise((resolve) => socket.once("machine:status", resolve));
    expect(status).toMatchObject({
      cpu_threads: expect.any(Number),
      disk_free_bytes: expect.any(Number),
      gpus: expect.any(Array),
    });
  });
});
