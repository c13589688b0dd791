/** A llamafactory-cli that is slow, crashes, prints garbage, is deaf to signals, says nothing, leaves half a line. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Forecast } from "@/server/contract/api";
import type { ChatServerStatus } from "@/server/contract/chat";
import type { MetricPoint, RunDetail, RunStatus } from "@/server/contract/run";
import type { Engine } from "@/server/engines/engine";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";
import { openConsole, type TestConsole } from "../../console/test-console";
import { conformanceHome } from "./engine-conformance";

const GRACE_MS = 600;

let home: string;
let programs: string;
let engine: Engine;
let tuneboard: TestConsole;

beforeAll(async () => {
  home = conformanceHome();
  programs = mkdtempSync(path.join(os.tmpdir(), "tuneboard-stand-in-"));
  const file = path.join(programs, "llamafactory-cli");
  const script = path.join(import.meta.dirname, "..", "stand-in-cli.mjs");
  // Where the script finds its packages, whatever folder it runs in.
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(file, 0o755);
  engine = llamaFactoryEngine(() => file);
  tuneboard = await openConsole(home, { engines: new Map([[engine.id, engine]]), graceMs: GRACE_MS });
  behave({ mode: "good" });
  await engine.detect();
}, 60_000);
afterAll(async () => {
  await tuneboard.close();
  for (const folder of [home, programs]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const behave = (script: object) => writeFileSync(path.join(home, "stand-in.json"), JSON.stringify(script));

async function start(change: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await tuneboard.api<{ id: string; error?: { message: string } }>("/api/runs", {
    method: "POST",
    body: {
      engine: "llamafactory",
      config: {
        model_name_or_path: "models/tiny",
        dataset: "rows",
        template: "qwen",
        stage: "sft",
        finetuning_type: "lora",
        max_steps: 5,
        save_steps: 2,
        ...change,
      },
    },
  });
  expect(body.error?.message).toBeUndefined();
  expect(status).toBe(201);
  return body.id;
}

async function until(id: string, isEnough: (run: RunDetail) => boolean): Promise<RunDetail> {
  for (let tries = 0; tries < 800; tries++) {
    const { body } = await tuneboard.api<RunDetail>(`/api/runs/${id}`);
    if (isEnough(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("It took too long.");
}
const ends: readonly RunStatus[] = ["finished", "stopped", "failed", "interrupted"];
const ended = (id: string) => until(id, ({ status }) => ends.includes(status));
const points = async (id: string) =>
  (await tuneboard.api<{ items: MetricPoint[] }>(`/api/runs/${id}/metrics`)).body.items;

describe("a llamafactory-cli that misbehaves", () => {
  it("crashes: the line that matters and its cause are told, and the last checkpoint can be resumed", async () => {
    behave({ mode: "crash", at: 3 });
    const run = await ended(await start());
    expect(run).toMatchObject({ status: "failed", step: 3, can_resume: true });
    expect(run.failure).toEqual({
      kind: "gpu_memory",
      line: "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB.",
    });
    expect(run.error).toBe(run.failure!.line);
  });

  it("dies by a signal of its own: a crash, not a stop", async () => {
    behave({ mode: "crash", at: 2, signal: "SIGSEGV" });
    expect(await ended(await start())).toMatchObject({ status: "failed", failure: { kind: "crashed" } });
  });

  it("prints garbage: the numbers around it are kept, and the log can be read", async () => {
    behave({ mode: "garbage" });
    const run = await ended(await start());
    expect(run).toMatchObject({ status: "finished", step: 5 });
    const steps = (await points(run.id))
      .filter(({ loss }) => loss != null)
      .map((point) => point.current_steps);
    expect(steps).toEqual([1, 2, 3, 4, 5]);
    const { body: log } = await tuneboard.api<{ text: string }>(`/api/runs/${run.id}/log`);
    expect(log.text).toContain("***** Running training *****");
  });

  it("is deaf: it is killed after the grace period, and counts as stopped", async () => {
    behave({ mode: "deaf" });
    const id = await start({ max_steps: 200 });
    await until(id, ({ step }) => step >= 1);
    await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST", body: {} });
    expect((await tuneboard.api<RunDetail>(`/api/runs/${id}`)).body.status).toBe("stopping");
    const run = await ended(id);
    expect(run.status).toBe("stopped");
    const record = JSON.parse(readFileSync(path.join(home, run.folder, "tuneboard.json"), "utf8")) as {
      process: { pid: number };
    };
    expect(() => process.kill(-record.process.pid, 0)).toThrow(/ESRCH/);
  });

  it("ends with 0 and without a word: that is a failure, and it is said", async () => {
    behave({ mode: "silent" });
    const run = await ended(await start());
    expect(run).toMatchObject({ status: "failed", failure: { kind: "silent", line: null } });
    expect(run.error).toMatch(/exit code 0\. It wrote nothing/);
  });

  it("leaves half a line: the rest of the curve is there", async () => {
    behave({ mode: "half line" });
    const run = await ended(await start());
    expect(run.status).toBe("failed");
    expect((await points(run.id)).map((point) => point.current_steps)).toEqual([1, 2, 3]);
    behave({ mode: "good" });
    await tuneboard.api(`/api/runs/${run.id}/resume`, { method: "POST" });
    const resumed = await ended(run.id);
    expect(resumed).toMatchObject({ status: "finished", step: 5 });
    expect((await points(run.id)).map((point) => point.current_steps)).toEqual(
      expect.arrayContaining([4, 5]),
    );
  });

  it("is slow: the console answers meanwhile, and follows", async () => {
    behave({ mode: "slow" });
    const id = await start({ max_steps: 4 });
    const asked = performance.now();
    await tuneboard.api("/api/runs");
    expect(performance.now() - asked).toBeLessThan(1000);
    expect((await ended(id)).status).toBe("finished");
  });

  it.each([
    ["ModuleNotFoundError: No module named 'jieba'", "dependency"],
    [
      "RuntimeError: Detected that PyTorch and TorchAudio were compiled with different CUDA versions. PyTorch has CUDA version 13.2 whereas TorchAudio has CUDA version 13.0.",
      "torchaudio",
    ],
    ["OSError: [Errno 98] Address already in use", "port"],
    ["ValueError: Template qwenn does not exist.", "template"],
  ])("gives up at once with %s", async (words, kind) => {
    behave({ mode: "words", words });
    const run = await ended(await start());
    expect(run).toMatchObject({ status: "failed", step: 0, failure: { kind, line: words } });
  });

  it("cannot serve a model: the chat says its line", async () => {
    behave({ mode: "words", words: "RuntimeError: CUDA out of memory." });
    let status: ChatServerStatus | undefined;
    for (let tries = 0; tries < 200 && status?.state !== "failed"; tries++) {
      const { body } = await tuneboard.api<{ items: ChatServerStatus[] }>("/api/chat/load", {
        method: "POST",
        body: { targets: ["base:tiny"], engine: "llamafactory" },
      });
      status = body.items[0];
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(status).toMatchObject({ state: "failed", detail: "RuntimeError: CUDA out of memory." });
  });

  it("is never given a run that it would get wrong", async () => {
    behave({ mode: "good" });
    const { status, body } = await tuneboard.api<{
      error: { problems: { argument: string; engine?: string }[] };
    }>("/api/runs", {
      method: "POST",
      body: {
        engine: "llamafactory",
        config: {
          model_name_or_path: "models/tiny",
          dataset: "rows",
          template: "qwen",
          stage: "dpo",
          pref_loss: "hinge",
          finetuning_type: "lora",
        },
      },
    });
    expect(status).toBe(422);
    expect(body.error.problems[0]).toMatchObject({ argument: "pref_loss", engine: "embedded" });
  });

  it("is never sent into another run's folder, where it would go on with the old log", async () => {
    behave({ mode: "good" });
    const run = await ended(await start());
    const { body } = await tuneboard.api<Forecast>("/api/runs/check", {
      method: "POST",
      body: {
        engine: "llamafactory",
        config: {
          model_name_or_path: "models/tiny",
          dataset: "rows",
          template: "qwen",
          output_dir: run.folder,
        },
      },
    });
    expect(body.choice).toEqual({ engine: "llamafactory", ground: "chosen", reason: "Chosen by hand." });
    expect(body.command).toMatch(/^llamafactory-cli train \\\n {4}--stage|^llamafactory-cli train \\\n/);
    expect(body.problems).toContainEqual(
      expect.objectContaining({
        argument: "output_dir",
        severity: "error",
        fix: { label: "Use a new folder", set: { output_dir: null } },
      }),
    );
  });

  it("gets its DeepSpeed file and its environment, and both are kept with the run", async () => {
    behave({ mode: "good" });
    const run = await ended(
      await start({ deepspeed: "llamaboard_cache/ds_z3_config.json", NPROC_PER_NODE: 1, MASTER_PORT: 29511 }),
    );
    expect(run.status).toBe("finished");
    const zero = JSON.parse(
      readFileSync(path.join(home, "llamaboard_cache", "ds_z3_config.json"), "utf8"),
    ) as object;
    expect(zero).toMatchObject({ zero_optimization: { stage: 3 } });
    expect(run.config).toMatchObject({ MASTER_PORT: "29511", FORCE_TORCHRUN: "1" });
    expect(run.yaml).not.toContain("MASTER_PORT");
    expect(run.yaml).toContain("deepspeed: llamaboard_cache/ds_z3_config.json\n");
    expect(run.command).toMatch(
      /^FORCE_TORCHRUN=1 NPROC_PER_NODE=1 MASTER_PORT=29511 llamafactory-cli train saves\//,
    );
  });
});
