/** What the console finds again: after it was killed, after its database was lost, after a run died unseen. */
import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunDetail, RunSummary } from "@/server/contract/run";
import { processIdentity } from "@/server/processes/process-identity";
import {
  makeHome,
  openConsole,
  removeHome,
  repository,
  runConfig,
  type TestConsole,
} from "../console/test-console";

let home: string;
let tuneboard: TestConsole | null = null;

beforeEach(async () => {
  home = await makeHome();
});

afterEach(async () => {
  const record = await runs().catch(() => []);
  for (const { id, status } of record)
    if (status === "running") await tuneboard?.api(`/api/runs/${id}/stop`, { method: "POST" });
  await tuneboard?.close();
  tuneboard = null;
  await removeHome(home);
});

const open = async () => (tuneboard = await openConsole(home));
const runs = async () => (await tuneboard!.api<{ items: RunSummary[] }>("/api/runs")).body.items;
const recordOf = async (folder: string) =>
  JSON.parse(await readFile(path.join(home, folder, "tuneboard.json"), "utf8")) as {
    process: { pid: number };
  };

describe("a console that starts again", () => {
  it("follows a run that trained on without it", async () => {
    await open();
    await tuneboard!.script({ steps: 60, stepMs: 80 });
    const id = await tuneboard!.startRun();
    await tuneboard!.untilStatus(id, "running");
    await tuneboard!.close();
    await open();
    const found = await tuneboard!.untilStatus(id, "running");
    expect(found.origin).toBe("console");
    const finished = await tuneboard!.untilStatus(id, "finished");
    expect(finished.step).toBe(60);
    expect(finished.sparkline.length).toBe(60);
  });

  it("calls a run interrupted whose process died meanwhile, and offers to go on", async () => {
    await open();
    await tuneboard!.script({ steps: 500, stepMs: 10, saveEvery: 5 });
    const id = await tuneboard!.startRun();
    await expect.poll(async () => (await tuneboard!.untilStatus(id, "running")).step).toBeGreaterThan(8);
    const { folder } = await tuneboard!.untilStatus(id, "running");
    await tuneboard!.close();
    const { pid } = (await recordOf(folder)).process;
    process.kill(pid, "SIGKILL");
    await expect.poll(() => processIdentity(pid)).toBeNull();
    await open();
    const found = await tuneboard!.untilStatus(id, "interrupted");
    expect(found).toMatchObject({ can_resume: true });
    expect(found.error).toMatch(/gone/);
  });

  it("is not fooled by another process that got the same number", async () => {
    await open();
    await tuneboard!.script({ steps: 3, stepMs: 1 });
    const id = await tuneboard!.startRun();
    const { folder } = await tuneboard!.untilStatus(id, "finished");
    await tuneboard!.close();
    const file = path.join(home, folder, "tuneboard.json");
    const record = JSON.parse(await readFile(file, "utf8")) as object;
    await writeFile(
      file,
      JSON.stringify({ ...record, exit: null, process: { pid: process.pid, identity: "another-start" } }),
    );
    await rm(path.join(home, folder, "trainer_log.jsonl"));
    await rm(path.join(home, folder, "all_results.json"));
    await open();
    expect((await tuneboard!.untilStatus(id, "interrupted")).id).toBe(id);
    expect((await tuneboard!.api(`/api/runs/${id}/stop`, { method: "POST" })).status).toBe(409);
  });

  it("has every run again, under its id, when the database is gone", async () => {
    await open();
    const first = await tuneboard!.startRun();
    await tuneboard!.untilStatus(first, "finished");
    await tuneboard!.api(`/api/runs/${first}`, { method: "PATCH", body: { name: "Kept" } });
    await tuneboard!.close();
    await rm(path.join(home, "tuneboard.db"));
    await open();
    expect(existsSync(path.join(home, "tuneboard.db"))).toBe(true);
    expect(await runs()).toMatchObject([{ id: first, name: "Kept", status: "finished" }]);
  });

  it("starts the runs that were waiting", async () => {
    await open();
    await tuneboard!.script({ steps: 1000, stepMs: 20 });
    const first = await tuneboard!.startRun();
    const second = await tuneboard!.startRun();
    await tuneboard!.untilStatus(second, "queued");
    await tuneboard!.close();
    await open();
    expect((await tuneboard!.untilStatus(first, "running")).status).toBe("running");
    expect((await tuneboard!.untilStatus(second, "queued")).status).toBe("queued");
    await tuneboard!.script({ steps: 2, stepMs: 1 });
    await tuneboard!.api(`/api/runs/${first}/stop`, { method: "POST" });
    await tuneboard!.untilStatus(first, "stopped");
    await tuneboard!.untilStatus(second, "finished");
  });
});

describe("two consoles on one home folder", () => {
  it("share one queue and start each run once", async () => {
    await open();
    const other = await openConsole(home);
    try {
      await tuneboard!.script({ steps: 4, stepMs: 60 });
      const ids = await Promise.all([
        tuneboard!.startRun({ seed: 1 }),
        other.startRun({ seed: 2 }),
        other.startRun({ seed: 3 }),
      ]);
      const done = await Promise.all(ids.map((id) => other.untilStatus(id, "finished")));
      for (const { step, folder } of done) {
        expect(step).toBe(4);
        const lines = (await readFile(path.join(home, folder, "trainer_log.jsonl"), "utf8"))
          .trim()
          .split("\n");
        expect(lines).toHaveLength(5);
      }
    } finally {
      await other.close();
    }
  });
});

describe("a console", () => {
  const bundle = path.join(repository, ".build", "test-console", "console.mjs");

  beforeAll(async () => {
    await build({
      absWorkingDir: repository,
      entryPoints: ["test/server/console/killable-console.ts"],
      outfile: bundle,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      logLevel: "error",
    });
  });

  it.each([
    ["is killed", (child: ChildProcess) => child.kill("SIGKILL")],
    // A terminal that is closed hangs up on everything that was started in it.
    ["loses its terminal", (child: ChildProcess) => process.kill(-child.pid!, "SIGHUP")],
  ])("that %s takes no run along, and the next one carries on without a gap", async (how, end) => {
    if (process.platform === "win32" && how === "loses its terminal") return;
    const child: ChildProcess = fork(bundle, [repository, home], { stdio: "ignore", detached: true });
    const url = await new Promise<string>((resolve) =>
      child.once("message", (message) => resolve(message as string)),
    );
    await writeFile(path.join(home, "script.json"), JSON.stringify({ steps: 60, stepMs: 50 }));
    const reply = await fetch(`${url}/api/runs`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ config: runConfig }),
    });
    const { id } = (await reply.json()) as { id: string };
    const detail = async () => (await (await fetch(`${url}/api/runs/${id}`)).json()) as RunDetail;
    await expect.poll(async () => (await detail()).step).toBeGreaterThan(2);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    end(child);
    await gone;
    await open();
    await tuneboard!.untilStatus(id, "running");
    expect((await tuneboard!.untilStatus(id, "finished")).step).toBe(60);
    const { body } = await tuneboard!.api<{ items: { current_steps: number }[] }>(`/api/runs/${id}/metrics`);
    const steps = body.items.map(({ current_steps }) => current_steps);
    expect(steps.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });
});
