/** What a run survives: its trainer killed, stubborn children, a number given away, a full disk, a clock set back. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, symlinkSync, utimesSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunSummary } from "@/server/contract/run";
import { groupMembers } from "@/server/processes/process-group";
import { processIdentity } from "@/server/processes/process-identity";
import { makeHome, openConsole, removeHome, type TestConsole } from "../console/test-console";

let home: string;
let tuneboard: TestConsole;
const strangers: ChildProcess[] = [];

beforeEach(async () => {
  home = await makeHome();
  tuneboard = await openConsole(home, { graceMs: 400 });
});

afterEach(async () => {
  for (const { id, status } of await runs()) {
    if (status === "running" || status === "queued")
      await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST", body: { now: true } });
  }
  await expect.poll(async () => (await runs()).some(({ status }) => status === "stopping")).toBe(false);
  await tuneboard.close();
  for (const stranger of strangers.splice(0)) stranger.kill("SIGKILL");
  await removeHome(home);
});

const runs = async () => (await tuneboard.api<{ items: RunSummary[] }>("/api/runs")).body.items;
const stepOf = async (id: string) => (await tuneboard.untilStatus(id, "running")).step;
const recordFile = (folder: string) => path.join(home, folder, "tuneboard.json");
const recordOf = async (folder: string) =>
  JSON.parse(await readFile(recordFile(folder), "utf8")) as {
    process: { pid: number; identity: string };
  };

/** A program of somebody else, in a group of its own. */
function stranger(): number {
  const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], {
    detached: true,
    stdio: "ignore",
  });
  strangers.push(child);
  return child.pid!;
}

describe("a trainer that is killed", () => {
  it("leaves an interrupted run that goes on from its last checkpoint, each step logged once", async () => {
    await tuneboard.script({ steps: 400, stepMs: 25, saveEvery: 10 });
    const id = await tuneboard.startRun();
    await expect.poll(() => stepOf(id), { timeout: 10_000 }).toBeGreaterThan(22);
    const { folder } = await tuneboard.untilStatus(id, "running");
    process.kill((await recordOf(folder)).process.pid, "SIGKILL");
    const interrupted = await tuneboard.untilStatus(id, "interrupted");
    expect(interrupted).toMatchObject({ can_resume: true });
    expect(interrupted.error).toMatch(/from outside/);
    await tuneboard.script({ steps: 400, stepMs: 0 });
    expect((await tuneboard.api(`/api/runs/${id}/resume`, { method: "POST" })).status).toBe(202);
    const finished = await tuneboard.untilStatus(id, "finished");
    expect(finished.step).toBe(400);
    // The loss falls at every step: steps done again replaced the lost ones, and no step is there twice.
    expect(finished.sparkline).toEqual(finished.sparkline.toSorted((x, y) => y - x));
    const { body } = await tuneboard.api<{ items: { current_steps: number }[] }>(`/api/runs/${id}/metrics`);
    const firstAgain = body.items.findIndex(
      (point, i) => i > 0 && point.current_steps <= body.items[i - 1]!.current_steps,
    );
    expect(body.items[firstAgain]!.current_steps % 10).toBe(1);
  });
});

describe("stopping", () => {
  it.skipIf(process.platform === "win32")(
    "ends the whole group, children that ignore SIGTERM included",
    async () => {
      await tuneboard.script({ steps: 500, stepMs: 20, stubbornChild: true });
      const id = await tuneboard.startRun();
      await expect.poll(() => stepOf(id)).toBeGreaterThan(1);
      const { folder } = await tuneboard.untilStatus(id, "running");
      const { pid } = (await recordOf(folder)).process;
      const child = Number(await readFile(path.join(home, folder, "child.pid"), "utf8"));
      expect(groupMembers(pid).sort()).toEqual([pid, child].sort());
      await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST" });
      const stopped = await tuneboard.untilStatus(id, "stopped");
      expect(stopped.can_resume).toBe(true);
      expect(groupMembers(pid)).toEqual([]);
      expect(processIdentity(child)).toBeNull();
    },
  );

  it.skipIf(process.platform === "win32")("clears away what a trainer that crashed left behind", async () => {
    await tuneboard.script({ steps: 5, stepMs: 20, failAt: 3, stubbornChild: true });
    const id = await tuneboard.startRun();
    const failed = await tuneboard.untilStatus(id, "failed");
    const child = Number(await readFile(path.join(home, failed.folder, "child.pid"), "utf8"));
    expect(processIdentity(child)).toBeNull();
  });

  it("and discarding leaves nothing, after saying exactly what goes", async () => {
    await tuneboard.script({ steps: 500, stepMs: 20, saveEvery: 2 });
    const id = await tuneboard.startRun();
    await expect.poll(() => stepOf(id)).toBeGreaterThan(4);
    const { folder } = await tuneboard.untilStatus(id, "running");
    const { body } = await tuneboard.api<{ removed: { name: string; bytes: number }[] }>(
      `/api/runs/${id}?dry=1`,
      { method: "DELETE" },
    );
    expect(body.removed.map(({ name }) => name)).toContain("checkpoint-2/adapter_model.safetensors");
    expect(body.removed.find(({ name }) => name === "checkpoint-2/optimizer.safetensors")?.bytes).toBe(5);
    await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST", body: { discard: true } });
    await expect.poll(runs).toEqual([]);
    expect(existsSync(path.join(home, folder))).toBe(false);
  });

  it("and discarding is done by the next console where this one went away", async () => {
    await tuneboard.script({ steps: 500, stepMs: 20, ignoreTerm: true });
    const id = await tuneboard.startRun();
    await expect.poll(() => stepOf(id)).toBeGreaterThan(1);
    const { folder } = await tuneboard.untilStatus(id, "running");
    await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST", body: { discard: true } });
    await tuneboard.close();
    tuneboard = await openConsole(home, { graceMs: 200 });
    await expect.poll(() => existsSync(path.join(home, folder)), { timeout: 10_000 }).toBe(false);
    await expect.poll(runs).toEqual([]);
  });
});

describe("a number that was given away", () => {
  it("is neither followed nor killed, not even where the run was being stopped", async () => {
    await tuneboard.script({ steps: 3, stepMs: 1 });
    const id = await tuneboard.startRun();
    const { folder } = await tuneboard.untilStatus(id, "finished");
    await tuneboard.close();
    const pid = stranger();
    const record = await recordOf(folder);
    await writeFile(
      recordFile(folder),
      JSON.stringify({
        ...record,
        exit: null,
        stop_requested_at: new Date().toISOString(),
        process: { pid, identity: "before-the-reboot-4711" },
      }),
    );
    await rm(path.join(home, folder, "trainer_log.jsonl"));
    tuneboard = await openConsole(home, { graceMs: 50 });
    await tuneboard.untilStatus(id, "stopped");
    expect((await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST" })).status).toBe(409);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(processIdentity(pid)).not.toBeNull();
  });
});

describe.skipIf(!existsSync("/dev/full"))("a full disk", () => {
  /** Where the record's draft is written, a device that always says that it is full. */
  const fill = (folder: string) =>
    symlinkSync("/dev/full", path.join(home, folder, `tuneboard.json.${process.pid}.tmp`));

  it("loses neither console nor run: the end is noted as soon as there is room", async () => {
    await tuneboard.script({ steps: 30, stepMs: 20 });
    const id = await tuneboard.startRun();
    await expect.poll(() => stepOf(id)).toBeGreaterThan(2);
    const { folder } = await tuneboard.untilStatus(id, "running");
    fill(folder);
    const finished = await tuneboard.untilStatus(id, "finished");
    expect(finished.step).toBe(30);
    // The next look wrote what could not be written before.
    await expect
      .poll(async () => (JSON.parse(await readFile(recordFile(folder), "utf8")) as { exit: unknown }).exit)
      .toMatchObject({ code: 0 });
  });

  it("starts no run that no console could find again", async () => {
    await tuneboard.api("/api/queue", { method: "PATCH", body: { paused: true } });
    const id = await tuneboard.startRun();
    const { folder } = await tuneboard.untilStatus(id, "queued");
    fill(folder);
    await tuneboard.api("/api/queue", { method: "PATCH", body: { paused: false } });
    const failed = await tuneboard.untilStatus(id, "failed");
    expect(failed.step).toBe(0);
    expect(existsSync(path.join(home, folder, "trainer_log.jsonl"))).toBe(false);
  });
});

/** Folders are looked at every two seconds. */
const SOON = { timeout: 8_000 };

describe("a clock that jumps", () => {
  const line = (step: number) =>
    `${JSON.stringify({ current_steps: step, total_steps: 9, loss: 2, elapsed_time: "0:00:01" })}\n`;

  async function foreignFolder(): Promise<{ log: string; status: () => Promise<RunSummary | undefined> }> {
    const folder = path.join(home, "saves", "q", "lora", "foreign");
    await mkdir(folder, { recursive: true });
    const log = path.join(folder, "trainer_log.jsonl");
    return { log, status: async () => (await runs()).find(({ name }) => name === "foreign") };
  }

  it("set back, makes no run go on for ever whose files lie in the future", async () => {
    const { log, status } = await foreignFolder();
    await writeFile(log, line(1));
    const future = Date.now() / 1000 + 3600;
    utimesSync(log, future, future);
    await expect.poll(status, SOON).toMatchObject({ status: "interrupted" });
    expect(Date.parse((await status())!.ended_at!)).toBeLessThanOrEqual(Date.now());
    // It grows, so it lives, whatever the times say.
    await writeFile(log, line(1) + line(2));
    utimesSync(log, future + 1, future + 1);
    await expect.poll(status, SOON).toMatchObject({ status: "running", step: 2 });
  });

  it("set forward, ends no run that goes on", async () => {
    const { log, status } = await foreignFolder();
    await writeFile(log, line(1));
    await expect.poll(status, SOON).toMatchObject({ status: "running" });
    await writeFile(log, line(1) + line(2));
    await expect.poll(status, SOON).toMatchObject({ step: 2 });
    const realNow = Date.now;
    try {
      Date.now = () => realNow() + 3_600_000;
      expect(await status()).toMatchObject({ status: "running" });
    } finally {
      Date.now = realNow;
    }
  });
});

describe("a folder that appears below saves", () => {
  it("is in the list within a second, without anybody asking for the list again and again", async () => {
    const socket = await tuneboard.connect();
    const told = new Promise<string>((resolve) => socket.on("run:status", ({ name }) => resolve(name)));
    await new Promise<void>((resolve) => socket.emit("runs:subscribe", () => resolve()));
    const folder = path.join(home, "saves", "new-model", "lora", "from-elsewhere");
    await mkdir(folder, { recursive: true });
    const started = performance.now();
    await writeFile(path.join(folder, "trainer_log.jsonl"), "");
    expect(await told).toBe("from-elsewhere");
    expect(performance.now() - started).toBeLessThan(1900);
  });
});
