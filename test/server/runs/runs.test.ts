/** Runs over HTTP, with a scripted trainer: start, queue, stop, fail, resume, rename, delete. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunSummary } from "@/server/contract/run";
import { unknownStatus } from "@/server/engines/engine-status";
import {
  makeHome,
  openConsole,
  removeHome,
  runConfig,
  runFile,
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
  for (const { id, status } of (await tuneboard.api<{ items: RunSummary[] }>("/api/runs")).body.items) {
    if (status === "running" || status === "queued")
      await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST" });
  }
  await tuneboard.close();
  await removeHome(home);
});

describe("a run", () => {
  it("goes from start to finished and tells its numbers", async () => {
    const id = await tuneboard.startRun();
    const detail = await tuneboard.untilStatus(id, "finished");
    expect(detail).toMatchObject({
      step: 5,
      total_steps: 5,
      loss: 3,
      model: "tiny",
      datasets: ["greetings"],
      origin: "console",
      error: null,
    });
    expect(detail.sparkline).toHaveLength(5);
    expect(detail.folder).toMatch(/^saves\/tiny\/lora\/train_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d$/);
    expect(detail.files.map(({ name }) => name)).toContain("trainer_log.jsonl");
    const metrics = await tuneboard.api<{ items: unknown[]; offset: number }>(`/api/runs/${id}/metrics`);
    expect(metrics.body.items).toHaveLength(6);
    const rest = await tuneboard.api<{ items: unknown[] }>(
      `/api/runs/${id}/metrics?offset=${metrics.body.offset}`,
    );
    expect(rest.body.items).toHaveLength(0);
  });

  it("is written down as LLaMA-Factory would read it", async () => {
    const id = await tuneboard.startRun({ packing: false, val_size: "", num_train_epochs: "3" });
    const detail = await tuneboard.untilStatus(id, "finished");
    const yaml = await runFile(home, detail, "training_args.yaml");
    const lines = yaml.trim().split("\n");
    expect(lines).toContain("learning_rate: 0.0001");
    expect(lines).toContain("num_train_epochs: 3.0");
    expect(lines).toContain("packing: false");
    expect(lines).toContain("do_train: true");
    expect(lines).toContain(`output_dir: ${detail.folder}`);
    expect(yaml).not.toContain("val_size");
    expect(lines).toEqual([...lines].sort());
  });

  it("is refused with the problems at their arguments", async () => {
    const { status, body } = await tuneboard.api<{
      error: { code: string; problems: { argument: string }[] };
    }>("/api/runs", {
      method: "POST",
      body: { config: { ...runConfig, optim: "unheard_of" } },
    });
    expect(status).toBe(422);
    expect(body.error.code).toBe("invalid_config");
    expect(body.error.problems[0]?.argument).toBe("optim");
    expect(existsSync(path.join(home, "saves", "tiny"))).toBe(false);
  });

  it("is refused before it is made where model or data cannot train it, at the argument", async () => {
    await tuneboard.close();
    tuneboard = await openConsole(home, { engine: { ...scriptedEngine(home), readsLocalTextOnly: true } });
    const refused = async (config: object) => {
      const { status, body } = await tuneboard.api<{
        error: { problems: { argument: string; message: string }[] };
      }>("/api/runs", { method: "POST", body: { config: { ...runConfig, ...config }, engine: "embedded" } });
      expect(status).toBe(422);
      return body.error.problems;
    };
    expect(await refused({})).toMatchObject([{ argument: "model_name_or_path" }]);
    expect(await refused({ dataset: "nowhere" })).toMatchObject([
      { argument: "dataset" },
      { argument: "model_name_or_path" },
    ]);
    const [pairs] = await refused({ stage: "dpo" });
    expect(pairs).toMatchObject({ argument: "dataset" });
    expect(pairs!.message).toMatch(/no pairs of a better and a worse answer/);
    expect((await refused({ stage: "kto" }))[0]!.message).toMatch(/not marked good or bad/);
    expect(existsSync(path.join(home, "saves", "tiny"))).toBe(false);
  });

  it("is refused where its engine is not there, with the engine's reason", async () => {
    await tuneboard.close();
    const missing = {
      ...scriptedEngine(home),
      detect: () => Promise.resolve({ ...unknownStatus("embedded"), reason: "Not on PATH." }),
    };
    tuneboard = await openConsole(home, { engine: missing });
    const { status, body } = await tuneboard.api<{ error: object }>("/api/runs", {
      method: "POST",
      body: { config: runConfig },
    });
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: "unsupported", message: "Not on PATH." });
  });

  it("cannot take a folder that another run has, nor one outside saves", async () => {
    await tuneboard.untilStatus(await tuneboard.startRun({}), "finished");
    const start = (body: object) =>
      tuneboard.api<{ error: { code: string } }>("/api/runs", { method: "POST", body });
    expect((await start({ config: runConfig, name: "mine" })).status).toBe(201);
    expect((await start({ config: runConfig, name: "mine" })).status).toBe(409);
    expect((await start({ config: runConfig, name: "../../mine" })).status).toBe(400);
    expect((await start({ config: { ...runConfig, output_dir: "../elsewhere" } })).status).toBe(422);
  });

  it("waits its turn while another one trains", async () => {
    await tuneboard.script({ steps: 10, stepMs: 50 });
    const first = await tuneboard.startRun();
    const second = await tuneboard.startRun();
    const third = await tuneboard.startRun();
    expect((await tuneboard.untilStatus(first, "running")).status).toBe("running");
    expect((await tuneboard.untilStatus(second, "queued")).status).toBe("queued");
    await tuneboard.api(`/api/runs/${second}/stop`, { method: "POST" });
    expect((await tuneboard.untilStatus(second, "stopped")).step).toBe(0);
    const done = await tuneboard.untilStatus(third, "finished");
    const firstDone = await tuneboard.untilStatus(first, "finished");
    expect(Date.parse(done.started_at!)).toBeGreaterThanOrEqual(Date.parse(firstDone.ended_at!));
  });

  it("saves and ends when it is stopped, and goes on from there when it is resumed", async () => {
    await tuneboard.script({ steps: 30, stepMs: 30 });
    const id = await tuneboard.startRun();
    await vitestUntil(async () => (await tuneboard.untilStatus(id, "running")).step >= 3);
    const stop = await tuneboard.api<{ status: string }>(`/api/runs/${id}/stop`, { method: "POST" });
    expect(stop.status).toBe(202);
    expect(["stopping", "stopped"]).toContain(stop.body.status);
    const stopped = await tuneboard.untilStatus(id, "stopped");
    expect(stopped).toMatchObject({ can_resume: true, error: null });
    expect(stopped.checkpoints.some((checkpoint) => checkpoint.resumable)).toBe(true);

    await tuneboard.script({ steps: 30, stepMs: 5 });
    expect((await tuneboard.api(`/api/runs/${id}/resume`, { method: "POST" })).status).toBe(202);
    const finished = await tuneboard.untilStatus(id, "finished");
    expect(finished.step).toBe(30);
    expect(finished.yaml).not.toContain("resume_from_checkpoint");
  });

  it("is killed when it does not stop within its grace period", async () => {
    await tuneboard.close();
    tuneboard = await openConsole(home, { graceMs: 300 });
    await tuneboard.script({ steps: 1000, stepMs: 20, ignoreTerm: true });
    const id = await tuneboard.startRun();
    await vitestUntil(async () => (await tuneboard.untilStatus(id, "running")).step >= 1);
    await tuneboard.api(`/api/runs/${id}/stop`, { method: "POST" });
    const stopped = await tuneboard.untilStatus(id, "stopped");
    expect(stopped).toMatchObject({ can_resume: false });
    expect(stopped.resume_blocked_reason).toMatch(/No checkpoint/);
    const refused = await tuneboard.api(`/api/runs/${id}/resume`, { method: "POST" });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: "unsupported", message: stopped.resume_blocked_reason } },
    });
  });

  it("says in one line why it failed, and leaves half a line out of its numbers", async () => {
    await tuneboard.script({ steps: 5, stepMs: 10, failAt: 3, halfLine: true });
    const failed = await tuneboard.untilStatus(await tuneboard.startRun(), "failed");
    expect(failed.error).toBe("Error: the loss is NaN at step 3.");
    expect(failed.step).toBe(2);
  });

  it("lets the next one in the queue start when it fails at once", async () => {
    await tuneboard.script({ steps: 5, stepMs: 1, failAt: 1, exitCode: 3 });
    const first = await tuneboard.startRun();
    await tuneboard.untilStatus(first, "failed");
    await tuneboard.script({ steps: 2, stepMs: 1 });
    expect((await tuneboard.untilStatus(await tuneboard.startRun(), "finished")).step).toBe(2);
  });

  it("takes another name without moving its folder", async () => {
    const id = await tuneboard.startRun();
    const { folder } = await tuneboard.untilStatus(id, "finished");
    const { body } = await tuneboard.api<RunSummary & { folder: string }>(`/api/runs/${id}`, {
      method: "PATCH",
      body: { name: "The good one" },
    });
    expect(body).toMatchObject({ name: "The good one", folder });
  });

  it("lists what deleting removes before it does", async () => {
    const id = await tuneboard.startRun();
    const { folder } = await tuneboard.untilStatus(id, "finished");
    const dry = await tuneboard.api<{ removed: { name: string; bytes: number }[] }>(`/api/runs/${id}?dry=1`, {
      method: "DELETE",
    });
    expect(dry.body.removed.map(({ name }) => name)).toContain("trainer_log.jsonl");
    expect(existsSync(path.join(home, folder))).toBe(true);
    const wet = await tuneboard.api<{ removed: unknown[] }>(`/api/runs/${id}`, { method: "DELETE" });
    expect(wet.body.removed).toEqual(dry.body.removed);
    expect(existsSync(path.join(home, folder))).toBe(false);
    expect((await tuneboard.api(`/api/runs/${id}`)).status).toBe(404);
  });

  it("is not deleted while it trains", async () => {
    await tuneboard.script({ steps: 100, stepMs: 20 });
    const id = await tuneboard.startRun();
    await tuneboard.untilStatus(id, "running");
    expect((await tuneboard.api(`/api/runs/${id}`, { method: "DELETE" })).status).toBe(409);
  });
});

describe("a folder made elsewhere", () => {
  it("shows up with what its files tell, and nothing is written into it", async () => {
    const folder = path.join(home, "saves", "q15m", "lora", "by_hand");
    await mkdir(path.join(folder, "checkpoint-2"), { recursive: true });
    await writeFile(
      path.join(folder, "README.md"),
      "---\nbase_model: models/q15m\ntags:\n- llama-factory\n- lora\n---\n\nThis model is a fine-tuned version of [models/q15m](x) on the identity and the alpaca_en_demo datasets.\n\n- learning_rate: 0.0001\n- seed: 42\n",
    );
    await writeFile(
      path.join(folder, "adapter_config.json"),
      JSON.stringify({ peft_type: "LORA", r: 16, base_model_name_or_path: "models/q15m" }),
    );
    await writeFile(
      path.join(folder, "trainer_log.jsonl"),
      [
        '{"current_steps": 1, "total_steps": 2, "loss": 8.3, "lr": 0.0001, "epoch": 0.5, "percentage": 50.0, "elapsed_time": "0:00:03", "remaining_time": "0:00:03"}',
        '{"current_steps": 2, "total_steps": 2, "loss": NaN, "lr": 5e-05, "epoch": 1.0, "percentage": 100.0, "elapsed_time": "1 day, 0:00:06", "remaining_time": "0:00:00"}',
        '{"current_steps": 2, "total_steps": 2, "eval_loss": 8.1, "epoch": 1.0, "percentage": 100.0, "elapsed_time": "1 day, 0:00:06", "remaining_time": "0:00:00"}',
        '{"current_steps": 2, "total_steps": 2, "epoch": 1.0, "percentage": 100.0, "elapsed_time": "1 day, 0:00:07", "remaining_time": "0:00:00"}',
        "",
      ].join("\n"),
    );
    const listed = async () =>
      (await tuneboard.api<{ items: RunSummary[] }>("/api/runs")).body.items.find(
        ({ name }) => name === "by_hand",
      );
    await vitestUntil(async () => (await listed()) !== undefined);
    expect(await listed()).toMatchObject({
      status: "finished",
      origin: "folder",
      engine: "llamafactory",
      model: "q15m",
      method: "lora",
      lora_rank: 16,
      datasets: ["identity", "alpaca_en_demo"],
      learning_rate: 0.0001,
      loss: 8.3,
      best_eval_loss: 8.1,
      elapsed_seconds: 86_407,
      can_resume: false,
    });
    expect(existsSync(path.join(folder, "tuneboard.json"))).toBe(false);
  });
});

/** Waits until a condition holds; fails after ten seconds. */
async function vitestUntil(condition: () => Promise<boolean>): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true);
}
