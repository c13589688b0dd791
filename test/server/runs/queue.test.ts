/** The queue over HTTP: slots, order, pause, what a failure means, starting beside the others, sweeps. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QueueStatus, UpdateQueue } from "@/server/contract/queue";
import type { RunSummary } from "@/server/contract/run";
import {
  makeHome,
  openConsole,
  removeHome,
  runConfig,
  scriptedEngine,
  type TestConsole,
} from "../console/test-console";

let home: string;
let tuneboard: TestConsole;

beforeEach(async () => {
  home = await makeHome();
  tuneboard = await openConsole(home);
});

afterEach(async () => {
  await change({ paused: true });
  for (const { id, status } of await runs()) {
    if (status === "running" || status === "queued")
      await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST", body: { now: true } });
  }
  await expect.poll(async () => (await runs()).some(({ status }) => status === "stopping")).toBe(false);
  await tuneboard.close();
  await removeHome(home);
});

const runs = async () => (await tuneboard.api<{ items: RunSummary[] }>("/api/runs")).body.items;
const queue = async () => (await tuneboard.api<QueueStatus>("/api/queue")).body;
const change = async (body: UpdateQueue) =>
  (await tuneboard.api<QueueStatus>("/api/queue", { method: "PATCH", body })).body;
const statusOf = async (id: string) => (await runs()).find((run) => run.id === id)?.status;

describe("the queue", () => {
  it("has one place on a machine without cards, and as many as are set", async () => {
    await tuneboard.script({ steps: 200, stepMs: 20 });
    const [first, second, third] = [
      await tuneboard.startRun(),
      await tuneboard.startRun(),
      await tuneboard.startRun(),
    ];
    expect(await queue()).toMatchObject({ slots: 1, automatic_slots: 1, configured_slots: null });
    expect(await statusOf(first)).toBe("running");
    expect((await queue()).order).toEqual([second, third]);
    await change({ slots: 2 });
    await tuneboard.untilStatus(second, "running");
    expect(await queue()).toMatchObject({ slots: 2, order: [third] });
    expect((await tuneboard.api("/api/queue", { method: "PATCH", body: { slots: 0 } })).status).toBe(400);
  });

  it("starts runs in the order that a person gives them, and says their places", async () => {
    await change({ paused: true });
    await tuneboard.script({ steps: 2, stepMs: 5 });
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await tuneboard.startRun());
    const [a, b, c, d] = ids as [string, string, string, string];
    expect((await change({ order: [d, b, "unheard"] })).order).toEqual([d, b, a, c]);
    const places = Object.fromEntries((await runs()).map((run) => [run.id, run.queue_position]));
    expect([d, b, a, c].map((id) => places[id])).toEqual([1, 2, 3, 4]);
    await change({ paused: false });
    const done = await Promise.all(ids.map((id) => tuneboard.untilStatus(id, "finished")));
    const started = done.sort((x, y) => x.started_at!.localeCompare(y.started_at!)).map(({ id }) => id);
    expect(started).toEqual([d, b, a, c]);
  });

  it("keeps its pause, its order and its settings over a restart and without its database", async () => {
    await change({ paused: true, slots: 3, continue_on_error: false });
    const first = await tuneboard.startRun();
    const second = await tuneboard.startRun();
    await change({ order: [second, first] });
    await tuneboard.close();
    tuneboard = await openConsole(home);
    expect(await queue()).toMatchObject({
      paused: true,
      slots: 3,
      continue_on_error: false,
      order: [second, first],
    });
  });

  it("goes on after a failure, or waits for a person where that is set", async () => {
    await change({ paused: true, continue_on_error: false });
    await tuneboard.script({ steps: 5, stepMs: 1, failAt: 1, exitCode: 3 });
    const broken = await tuneboard.startRun({ seed: 1 });
    const next = await tuneboard.startRun({ seed: 2 });
    await change({ paused: false });
    await tuneboard.untilStatus(broken, "failed");
    await expect.poll(queue).toMatchObject({ paused: true, paused_by: { id: broken }, order: [next] });
    await tuneboard.script({ steps: 2, stepMs: 1 });
    await change({ paused: false });
    await tuneboard.untilStatus(next, "finished");
    expect(await queue()).toMatchObject({ paused: false, paused_by: null });
  });

  it("starts one beside the others when asked to", async () => {
    await tuneboard.script({ steps: 200, stepMs: 20 });
    const first = await tuneboard.startRun();
    const second = await tuneboard.startRun();
    expect((await tuneboard.api(`/api/runs/${second}/start`, { method: "POST" })).status).toBe(202);
    expect(await statusOf(second)).toBe("running");
    expect(await statusOf(first)).toBe("running");
    expect((await tuneboard.api(`/api/runs/${second}/start`, { method: "POST" })).status).toBe(409);
  });

  it("puts a run behind those that wait, whatever the clock says", async () => {
    await change({ paused: true });
    const first = await tuneboard.startRun();
    const realNow = Date.now;
    try {
      Date.now = () => realNow() - 3_600_000;
      const second = await tuneboard.startRun();
      expect((await queue()).order).toEqual([first, second]);
    } finally {
      Date.now = realNow;
    }
  });

  it("gives each run a card of its own where the engine uses cards", async () => {
    await tuneboard.close();
    const engine = scriptedEngine(home);
    const status = await engine.detect();
    const onCards = { ...engine, detect: () => Promise.resolve({ ...status, devices: ["NVIDIA H100"] }) };
    const cards = [
      { index: 0, name: "NVIDIA H100" },
      { index: 3, name: "NVIDIA H100" },
    ];
    tuneboard = await openConsole(home, { engine: onCards, cards });
    await tuneboard.script({ steps: 200, stepMs: 20 });
    const ids = [await tuneboard.startRun(), await tuneboard.startRun(), await tuneboard.startRun()];
    await tuneboard.untilStatus(ids[1]!, "running");
    expect(await queue()).toMatchObject({ slots: 2, cards: ["NVIDIA H100", "NVIDIA H100"], order: [ids[2]] });
  });
});

describe("a sweep", () => {
  const sweep = (body: object, dry = false) =>
    tuneboard.api<{ id: string; runs: string[]; error: { message: string } }>(
      `/api/sweeps${dry ? "?dry=1" : ""}`,
      { method: "POST", body },
    );
  const axes = [
    { argument: "learning_rate", values: [1e-4, 2e-4] },
    { argument: "lora_rank", values: [8, 16] },
  ];

  it("queues every combination as one group", async () => {
    await tuneboard.script({ steps: 2, stepMs: 1 });
    const { status, body } = await sweep({ config: runConfig, axes, name: "rates" });
    expect(status).toBe(201);
    const done = await Promise.all(body.runs.map((id) => tuneboard.untilStatus(id, "finished")));
    expect(done.map(({ name }) => name)).toEqual([
      "rates-lr1e-4-rank8",
      "rates-lr1e-4-rank16",
      "rates-lr2e-4-rank8",
      "rates-lr2e-4-rank16",
    ]);
    expect(done.map(({ config }) => [config.learning_rate, config.lora_rank])).toEqual([
      [0.0001, 8],
      [0.0001, 16],
      [0.0002, 8],
      [0.0002, 16],
    ]);
    for (const run of done) expect(run.sweep).toMatchObject({ id: body.id, name: "rates" });
  });

  it("makes no run where one of them is refused", async () => {
    const refused = { ...runConfig, optim: "unheard_of" };
    expect((await sweep({ config: refused, axes, name: "bad" })).status).toBe(422);
    expect(await runs()).toEqual([]);
    const taken = await tuneboard.api("/api/runs", {
      method: "POST",
      body: { config: runConfig, name: "half-lr2e-4" },
    });
    expect(taken.status).toBe(201);
    const half = await sweep({ config: runConfig, axes: axes.slice(0, 1), name: "half" });
    expect(half.status).toBe(409);
    expect((await runs()).map(({ name }) => name)).toEqual(["half-lr2e-4"]);
  });

  it("only says what it would make, and refuses what is no number or too much", async () => {
    const planned = await tuneboard.api<{ runs: { name: string }[] }>("/api/sweeps?dry=1", {
      method: "POST",
      body: { config: runConfig, axes: axes.slice(0, 1), name: "plan" },
    });
    expect(planned.body.runs.map(({ name }) => name)).toEqual(["plan-lr1e-4", "plan-lr2e-4"]);
    expect(await runs()).toEqual([]);
    const words = await sweep({ config: runConfig, axes: [{ argument: "template", values: [1] }] });
    expect(words.body.error.message).toMatch(/template is not a number to sweep over/);
    const many = Array.from({ length: 9 }, (_, i) => i + 1);
    const grid = [
      { argument: "lora_rank", values: many },
      { argument: "seed", values: many },
    ];
    expect((await sweep({ config: runConfig, axes: grid })).body.error.message).toMatch(
      /81 runs are too many/,
    );
  });
});
