/** Runs found again and taken up: without the database, from folders of LLaMA-Factory, copied or in place. */
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MetricPoint, RunDetail, RunSummary } from "@/server/contract/run";
import type { ImportPreview } from "@/server/contract/run-changes";
import { makeHome, openConsole, removeHome, runConfig, type TestConsole } from "../console/test-console";

let home: string;
let elsewhere: string;
let tuneboard: TestConsole;

beforeEach(async () => {
  home = await makeHome();
  elsewhere = await mkdtemp(path.join(os.tmpdir(), "tuneboard-elsewhere-"));
  tuneboard = await openConsole(home);
});

afterEach(async () => {
  await tuneboard.close();
  await removeHome(home);
  await removeHome(elsewhere);
});

const runs = async () => (await tuneboard.api<{ items: RunSummary[] }>("/api/runs")).body.items;
const detail = async (id: string) => (await tuneboard.api<RunDetail>(`/api/runs/${id}`)).body;
const take = (body: object) =>
  tuneboard.api<ImportPreview & { id: string; error: { message: string } }>("/api/runs/import", {
    method: "POST",
    body,
  });

/** What LLaMA Board leaves of a DPO run: form, state, log without rewards, two checkpoints. */
async function boardFolder(): Promise<string> {
  const folder = path.join(elsewhere, "dpo_run");
  await mkdir(path.join(folder, "checkpoint-2"), { recursive: true });
  await writeFile(
    path.join(folder, "llamaboard_config.yaml"),
    [
      "top.finetuning_type: lora",
      "top.model_name: Qwen2-1.5B",
      "top.template: qwen",
      "train.batch_size: 2",
      "train.dataset:",
      "- dpo_en_demo",
      "train.learning_rate: 5e-6",
      "train.lora_rank: 16",
      "train.neftune_alpha: 0",
      "train.training_stage: DPO",
      'train.extra_args: \'{"optim": "adamw_torch"}\'',
      "",
    ].join("\n"),
  );
  const log = [1, 2].map((step) => ({
    current_steps: step,
    total_steps: 2,
    loss: 1 - step / 4,
    accuracy: 0.5,
    lr: 5e-6,
    epoch: step / 2,
    percentage: step * 50,
    elapsed_time: `0:00:0${step}`,
    remaining_time: "0:00:00",
  }));
  const summary = { current_steps: 2, total_steps: 2, epoch: 1, percentage: 100, elapsed_time: "0:00:03" };
  await writeFile(
    path.join(folder, "trainer_log.jsonl"),
    [...log, summary].map((point) => `${JSON.stringify(point)}\n`).join(""),
  );
  const history = [1, 2].map((step) => ({
    step,
    loss: 1 - step / 4,
    learning_rate: 5e-6,
    epoch: step / 2,
    grad_norm: 1.5,
    "rewards/margins": step / 10,
    "rewards/accuracies": 1,
  }));
  await writeFile(
    path.join(folder, "trainer_state.json"),
    JSON.stringify({ max_steps: 2, global_step: 2, log_history: history }),
  );
  await writeFile(path.join(folder, "adapter_config.json"), JSON.stringify({ peft_type: "LORA", r: 16 }));
  await writeFile(path.join(folder, "adapter_model.safetensors"), "weights");
  await writeFile(path.join(folder, "checkpoint-2", "optimizer.pt"), "a hundred bytes or so of state");
  return folder;
}

describe("without its database", () => {
  it("a console has every run with name, notes, tags, group and queue again", async () => {
    await tuneboard.api("/api/queue", { method: "PATCH", body: { paused: true } });
    const { body: sweep } = await tuneboard.api<{ id: string; runs: string[] }>("/api/sweeps", {
      method: "POST",
      body: { config: runConfig, axes: [{ argument: "lora_rank", values: [4, 8] }], name: "ranks" },
    });
    const [first, second] = sweep.runs as [string, string];
    const described = await tuneboard.api<RunDetail>(`/api/runs/${first}`, {
      method: "PATCH",
      body: { name: "The good one", notes: "keep\nthis", tags: ["tone", "tone", "best"] },
    });
    expect(described.body).toMatchObject({ name: "The good one", tags: ["tone", "best"] });
    await tuneboard.close();
    await rm(path.join(home, "tuneboard.db"));
    tuneboard = await openConsole(home);
    const found = Object.fromEntries((await runs()).map((run) => [run.id, run]));
    expect(found[first]).toMatchObject({
      name: "The good one",
      notes: "keep\nthis",
      tags: ["tone", "best"],
      status: "queued",
      queue_position: 1,
      sweep: { id: sweep.id, name: "ranks", values: { lora_rank: 4 } },
    });
    expect(found[second]).toMatchObject({ queue_position: 2 });
  });
});

describe("a folder from elsewhere", () => {
  it("is described before it is taken: what it is, how large, where it would go", async () => {
    const folder = await boardFolder();
    const { body } = await take({ path: folder, dry: true });
    expect(body.problem).toBeNull();
    expect(body).toMatchObject({
      files: 6,
      sources: ["trainer_log.jsonl", "trainer_state.json", "llamaboard_config.yaml", "adapter_config.json"],
      target: "saves/Qwen2-1.5B/lora/dpo_run",
      checkpoint_bytes: 30,
    });
    expect(body.run).toMatchObject({
      status: "finished",
      stage: "dpo",
      method: "lora",
      lora_rank: 16,
      template: "qwen",
      learning_rate: 5e-6,
      datasets: ["dpo_en_demo"],
      step: 2,
    });
    expect(await runs()).toEqual([]);
  });

  it("is copied with or without its checkpoints, and the original stays", async () => {
    const folder = await boardFolder();
    const { status, body } = await take({ path: folder, checkpoints: false });
    expect(status).toBe(201);
    const copy = await detail(body.id);
    expect(copy).toMatchObject({
      in_place: false,
      folder: "saves/Qwen2-1.5B/lora/dpo_run",
      status: "finished",
    });
    expect(copy.checkpoints.map(({ name }) => name)).toEqual(["final"]);
    const again = await take({ path: folder });
    expect((await detail(again.body.id)).folder).toBe("saves/Qwen2-1.5B/lora/dpo_run-2");
    await tuneboard.api(`/api/runs/${body.id}`, { method: "DELETE" });
    expect(existsSync(path.join(folder, "adapter_model.safetensors"))).toBe(true);
  });

  it("is left in place, found again after a restart, and only forgotten when it is deleted", async () => {
    const folder = await boardFolder();
    const { body } = await take({ path: folder, how: "in_place" });
    expect(await detail(body.id)).toMatchObject({ in_place: true, folder });
    await tuneboard.close();
    await rm(path.join(home, "tuneboard.db"));
    tuneboard = await openConsole(home);
    expect(await runs()).toMatchObject([{ id: body.id, name: "dpo_run", in_place: true }]);
    const removed = await tuneboard.api<{ removed: unknown[] }>(`/api/runs/${body.id}`, { method: "DELETE" });
    expect(removed.body.removed).toEqual([]);
    expect(await runs()).toEqual([]);
    expect(existsSync(path.join(folder, "trainer_log.jsonl"))).toBe(true);
    await tuneboard.close();
    tuneboard = await openConsole(home);
    expect(await runs()).toEqual([]);
  });

  it("shows the rewards and gradient norms that LLaMA-Factory notes only in its state", async () => {
    const { body } = await take({ path: await boardFolder() });
    const { items } = (await tuneboard.api<{ items: MetricPoint[] }>(`/api/runs/${body.id}/metrics`)).body;
    expect(items[1]).toMatchObject({ loss: 0.5, grad_norm: 1.5, "rewards/margins": 0.2, accuracy: 0.5 });
  });

  it("needs no trainer_log.jsonl: any trainer's state draws the curve", async () => {
    const folder = await boardFolder();
    await rm(path.join(folder, "trainer_log.jsonl"));
    const { body } = await take({ path: folder });
    const { items } = (await tuneboard.api<{ items: MetricPoint[] }>(`/api/runs/${body.id}/metrics`)).body;
    expect(items.map((point) => [point.current_steps, point.loss, point.lr])).toEqual([
      [1, 0.75, 5e-6],
      [2, 0.5, 5e-6],
    ]);
    expect(await detail(body.id)).toMatchObject({ step: 2, total_steps: 2, loss: 0.5 });
  });

  it.each([
    ["is not there", "nowhere", /There is no folder at/],
    ["holds nothing of a run", ".", /is no run itself; its folders are: dpo_run/],
    ["is a file", "dpo_run/trainer_log.jsonl", /is a file/],
  ])("is refused where it %s", async (_name, name, words) => {
    await boardFolder();
    const target = path.join(elsewhere, name);
    expect((await take({ path: target, dry: true })).body.problem).toMatch(words);
    const { status, body } = await take({ path: target, how: "in_place" });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(words);
  });

  it("is refused where it lies in the saves folder already", async () => {
    const inside = path.join(home, "saves", "m", "lora", "r");
    await cp(await boardFolder(), inside, { recursive: true });
    expect((await take({ path: inside, dry: true })).body.problem).toMatch(/in the list already/);
  });
});

describe("going on for more epochs", () => {
  it("from the weights makes a run with a fresh schedule, from the checkpoint one with a longer", async () => {
    await tuneboard.script({ steps: 6, stepMs: 5, saveEvery: 3 });
    const id = await tuneboard.startRun({ num_train_epochs: 2 });
    const { folder, continuations } = await tuneboard.untilStatus(id, "finished");
    expect(continuations).toEqual({
      fresh: { from: "final", step: 6, reason: null },
      extended: { from: "checkpoint-6", step: 6, reason: null },
    });
    const go = (body: object) =>
      tuneboard.api<{ id: string }>(`/api/runs/${id}/continue`, { method: "POST", body });
    const fresh = await detail((await go({ epochs: 1.5, schedule: "fresh" })).body.id);
    expect(fresh.continued_from).toBe(id);
    expect(fresh.config).toMatchObject({ num_train_epochs: 1.5, adapter_name_or_path: folder });
    expect(fresh.folder).not.toBe(folder);
    await tuneboard.script({ steps: 9, stepMs: 5 });
    const extended = (await go({ epochs: 1, schedule: "extended" })).body.id;
    const done = await tuneboard.untilStatus(extended, "finished");
    expect(done.config).toMatchObject({ num_train_epochs: 3 });
    const record = await readFile(path.join(home, done.folder, "tuneboard.json"), "utf8");
    expect(record).toContain(`${folder}/checkpoint-6`);
    const { items } = (await tuneboard.api<{ items: MetricPoint[] }>(`/api/runs/${extended}/metrics`)).body;
    expect(items[0]?.current_steps).toBe(7);
  });

  it("says why it cannot", async () => {
    await tuneboard.script({ steps: 5, stepMs: 5, failAt: 2 });
    const id = await tuneboard.startRun();
    const { continuations } = await tuneboard.untilStatus(id, "failed");
    expect(continuations.fresh).toMatchObject({ from: null, reason: "It left no weights to go on from." });
    expect(continuations.extended.reason).toMatch(/No checkpoint was saved/);
    const { status, body } = await tuneboard.api<{ error: { message: string } }>(`/api/runs/${id}/continue`, {
      method: "POST",
      body: { epochs: 1, schedule: "extended" },
    });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/No checkpoint was saved/);
  });
});
