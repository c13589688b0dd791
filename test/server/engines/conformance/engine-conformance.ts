/**
 * What every engine must do behind the console, whatever it is: the same tests for the embedded trainer, the stand-in and
 * a real llamafactory-cli. They go through HTTP, as the pages do.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatServerStatus, ChatTarget } from "@/server/contract/chat";
import { type MetricPoint, metricPointSchema, type RunDetail, type RunStatus } from "@/server/contract/run";
import { argumentYaml } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";
import { openConsole, repository, type TestConsole } from "../../console/test-console";

export interface Conformance {
  name: string;
  engine: (home: string) => Engine;
  /** Arguments beside those of every run here. */
  config?: Record<string, unknown>;
  /** Arguments with which a run takes seconds, so that it can be interrupted. */
  slow: Record<string, unknown>;
  /** Makes runs of this home slow, or as they are, where arguments alone do not. */
  pace?: (home: string, pace: "slow" | "normal") => void;
  /** How long one run may take. */
  patienceMs: number;
}

const EVERY_RUN = {
  model_name_or_path: "models/tiny",
  dataset_dir: "data",
  dataset: "rows",
  template: "qwen",
  stage: "sft",
  finetuning_type: "lora",
  lora_rank: 4,
  cutoff_len: 96,
  per_device_train_batch_size: 2,
  gradient_accumulation_steps: 1,
  learning_rate: 2e-3,
  max_steps: 4,
  logging_steps: 1,
  save_steps: 2,
  seed: 5,
};
const FIXTURE = path.join(repository, "test", "fixtures", "golden", "e2e", "sft_lora_qwen2");

/** A home folder with the tiny Qwen2 model and its eight rows. */
export function conformanceHome(): string {
  const home = mkdtempSync(path.join(os.tmpdir(), "tuneboard-conformance-"));
  mkdirSync(path.join(home, "models"), { recursive: true });
  cpSync(path.join(FIXTURE, "model"), path.join(home, "models", "tiny"), { recursive: true });
  cpSync(path.join(FIXTURE, "data"), path.join(home, "data"), { recursive: true });
  return home;
}

export function describeConformance({
  name,
  engine: open,
  config,
  slow,
  pace,
  patienceMs,
}: Conformance): void {
  describe(name, { timeout: 3 * patienceMs }, () => {
    let home: string;
    let engine: Engine;
    let tuneboard: TestConsole;
    let finished: RunDetail;

    beforeAll(async () => {
      home = conformanceHome();
      engine = open(home);
      tuneboard = await openConsole(home, { engines: new Map([[engine.id, engine]]), graceMs: patienceMs });
    }, 60_000);
    afterAll(async () => {
      await tuneboard.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    });

    async function start(change: Record<string, unknown> = {}): Promise<string> {
      const { status, body } = await tuneboard.api<{ id: string; error?: { message: string } }>("/api/runs", {
        method: "POST",
        body: { engine: engine.id, config: { ...EVERY_RUN, ...config, ...change } },
      });
      expect(body.error?.message).toBeUndefined();
      expect(status).toBe(201);
      return body.id;
    }

    async function until(id: string, ...statuses: RunStatus[]): Promise<RunDetail> {
      return untilTrue(id, (run) => statuses.includes(run.status));
    }

    async function untilTrue(id: string, isEnough: (run: RunDetail) => boolean): Promise<RunDetail> {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const { body } = await tuneboard.api<RunDetail>(`/api/runs/${id}`);
        if (isEnough(body)) return body;
        if (Date.now() > deadline)
          throw new Error(`The run is ${body.status} at step ${body.step}: ${body.error}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }

    const points = async (id: string) =>
      (await tuneboard.api<{ items: MetricPoint[] }>(`/api/runs/${id}/metrics`)).body.items;
    const stepsWithLoss = async (id: string) =>
      (await points(id)).filter(({ loss }) => typeof loss === "number").map((point) => point.current_steps);

    it("is found, with a version and devices", async () => {
      const status = await engine.detect();
      expect(status).toMatchObject({ id: engine.id, available: true, reason: null });
      expect(status.version).toMatch(/\d/);
      expect(status.devices.length).toBeGreaterThan(0);
      expect(engine.known()).toEqual(status);
    });

    it("trains to the end, logs every step, and leaves checkpoints and an adapter", async () => {
      finished = await until(await start(), "finished", "failed");
      expect(finished).toMatchObject({
        status: "finished",
        engine: engine.id,
        step: 4,
        total_steps: 4,
        error: null,
        failure: null,
      });
      expect(await stepsWithLoss(finished.id)).toEqual([1, 2, 3, 4]);
      for (const point of await points(finished.id)) metricPointSchema.parse(point);
      expect(finished.loss).toBeGreaterThan(0);
      expect(finished.checkpoints.map((checkpoint) => checkpoint.name)).toEqual([
        "checkpoint-2",
        "checkpoint-4",
        "final",
      ]);
      expect(finished.files.map((file) => file.name)).toEqual(
        expect.arrayContaining(["adapter_config.json", "adapter_model.safetensors", "trainer_state.json"]),
      );
      const { body: log } = await tuneboard.api<{ text: string }>(`/api/runs/${finished.id}/log`);
      expect(log.text).toContain("***** Running training *****");
      expect(finished.yaml).toContain("model_name_or_path: models/tiny\n");
    });

    it("stops where it is asked to, saves, and goes on from there to the same end", async () => {
      pace?.(home, "slow");
      const id = await start(slow);
      await untilTrue(id, ({ step }) => step >= 1);
      await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST", body: {} });
      const stopped = await until(id, "stopped", "failed", "finished", "interrupted");
      expect(stopped.status).toBe("stopped");
      expect(stopped.step).toBeLessThan(stopped.total_steps);
      pace?.(home, "normal");
      if (!stopped.can_resume) {
        // LLaMA-Factory saves a model where it stops and no checkpoint; before the first one there is nothing to go on from.
        expect(stopped.resume_blocked_reason).toMatch(/checkpoint/i);
        return;
      }
      await tuneboard.api(`/api/runs/${id}/resume`, { method: "POST" });
      const resumed = await until(id, "finished", "failed");
      expect(resumed).toMatchObject({ status: "finished", step: stopped.total_steps });
      const steps = new Set(await stepsWithLoss(id));
      expect([...steps].sort((a, b) => a - b)).toEqual(
        Array.from({ length: resumed.total_steps }, (_, i) => i + 1),
      );
    });

    it("is interrupted when it is killed, and goes on from its last checkpoint", async () => {
      pace?.(home, "slow");
      const id = await start(slow);
      const running = await untilTrue(
        id,
        (run) => run.checkpoints.some(({ step }) => step === 2) && run.step >= 3,
      );
      expect(running.status).toBe("running");
      const record = JSON.parse(readFileSync(path.join(home, running.folder, "tuneboard.json"), "utf8")) as {
        process: { pid: number };
      };
      process.kill(-record.process.pid, "SIGKILL");
      const killed = await until(id, "interrupted", "failed");
      expect(killed.failure).not.toBeNull();
      expect(killed.can_resume).toBe(true);
      pace?.(home, "normal");
      await tuneboard.api(`/api/runs/${id}/resume`, { method: "POST" });
      const resumed = await until(id, "finished", "failed");
      expect(resumed.status).toBe("finished");
      expect(await stepsWithLoss(id)).toEqual(expect.arrayContaining([1, 2, 3, resumed.total_steps]));
    });

    it("refuses a bad configuration before it starts, at the argument, and makes no folder", async () => {
      const { status, body } = await tuneboard.api<{
        error: { code: string; problems: { argument: string; message: string }[] };
      }>("/api/runs", {
        method: "POST",
        body: {
          engine: engine.id,
          name: "bad",
          config: { ...EVERY_RUN, ...config, learning_rat: 1, val_size: 0.1, eval_dataset: "rows" },
        },
      });
      expect(status).toBe(422);
      expect(body.error.code).toBe("invalid_config");
      expect(body.error.problems.map(({ argument }) => argument)).toEqual(
        expect.arrayContaining(["learning_rat", "val_size"]),
      );
      expect(existsSync(path.join(home, "saves", "tiny", "lora", "bad"))).toBe(false);
    });

    it("says what is wrong with a model that is not there, before the start or in the run's failure", async () => {
      const { status, body } = await tuneboard.api<{ id: string; error?: { message: string } }>("/api/runs", {
        method: "POST",
        body: {
          engine: engine.id,
          config: { ...EVERY_RUN, ...config, model_name_or_path: "models/nothing" },
        },
      });
      if (status === 422) {
        expect(body.error!.message).toMatch(/models\/nothing/);
        return;
      }
      const failed = await until(body.id, "failed", "finished");
      expect(failed.status).toBe("failed");
      expect(["hub", "missing_file", "gated"]).toContain(failed.failure!.kind);
      // Without a network transformers names the hub only, not what it looked for there.
      expect(failed.failure!.line).toMatch(/models\/nothing|connect to/);
    });

    it("answers as the base and as the tuned model, each in its own words", async () => {
      const { body: targets } = await tuneboard.api<{ items: ChatTarget[] }>("/api/chat/targets");
      const base = targets.items.find(({ id }) => id === "base:tiny")!;
      const tuned = targets.items.find(({ id }) => id === `run:${finished.id}`)!;
      expect(tuned.base_id).toBe(base.id);
      const ids = [base.id, tuned.id];
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const { body } = await tuneboard.api<{ items: ChatServerStatus[] }>("/api/chat/load", {
          method: "POST",
          body: { targets: ids, engine: engine.id },
        });
        if (body.items.every(({ state }) => state === "ready")) break;
        expect(body.items.filter(({ state }) => state === "failed")).toEqual([]);
        if (Date.now() > deadline) throw new Error(`Not loaded: ${JSON.stringify(body.items)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      for (const target of ids) {
        const text = await answer(target);
        expect(text).toMatch(/data: \[DONE\]/);
        expect(answerOf(text).length).toBeGreaterThan(0);
        // Greedy: the same question has the same answer.
        expect(answerOf(await answer(target))).toBe(answerOf(text));
      }
    });

    async function answer(target: string): Promise<string> {
      const reply = await fetch(`${tuneboard.url}/api/chat/completions`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          target,
          engine: engine.id,
          max_tokens: 8,
          messages: [
            { role: "system", content: "Be brief." },
            { role: "user", content: "Who are you?" },
          ],
        }),
      });
      expect(reply.status).toBe(200);
      return reply.text();
    }

    it("exports the adapter merged into its base", async () => {
      const folder = path.join(home, "exported");
      const argsFile = path.join(home, "export.yaml");
      writeFileSync(
        argsFile,
        argumentYaml({
          model_name_or_path: "models/tiny",
          adapter_name_or_path: finished.folder,
          template: "qwen",
          export_dir: "exported",
          export_size: 1,
          export_device: "cpu",
        }),
      );
      const { file, args, env, cwd } = engine.command({ kind: "export", argsFile, cwd: home });
      const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
      const code = await new Promise((resolve) => child.once("exit", resolve));
      expect(code).toBe(0);
      for (const written of ["config.json", "model.safetensors", "tokenizer.json"])
        expect(existsSync(path.join(folder, written))).toBe(true);
    });
  });
}

/** What was said, put together from the stream's pieces. */
function answerOf(stream: string): string {
  return [...stream.matchAll(/^data: (\{.*\})\s*$/gm)]
    .map(([, json]) => {
      const chunk = JSON.parse(json!) as { choices: { delta: { content?: string | null } }[] };
      return chunk.choices[0]?.delta.content ?? "";
    })
    .join("")
    .replace(/pid=\d+ /, "");
}
