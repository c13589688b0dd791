/**
 * Folders that LLaMA-Factory 0.9.5 really left (every stage, on a model of two layers; weights are stand-ins): found,
 * read and told as what they are, with and without the files that only a console writes.
 */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MetricPoint, RunDetail, RunSummary } from "@/server/contract/run";
import { makeHome, openConsole, removeHome, repository, type TestConsole } from "../../console/test-console";

const recorded = JSON.parse(
  readFileSync(path.join(repository, "test", "fixtures", "llamafactory", "recorded-runs.json"), "utf8"),
) as Record<string, { files: Record<string, string>; names: string[] }>;

let home: string;
let tuneboard: TestConsole;
let runs: RunSummary[];

beforeAll(async () => {
  home = await makeHome();
  for (const [name, { files, names }] of Object.entries(recorded)) {
    for (const [group, left] of [
      ["console", Object.keys(files)],
      // What `llamafactory-cli train` leaves on its own.
      ["terminal", Object.keys(files).filter((file) => file !== "training_args.yaml")],
    ] as const) {
      const folder = path.join(home, "saves", group, name);
      for (const file of [...left, ...names]) {
        const target = path.join(folder, file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, files[file] ?? "x");
        // Long over: a folder that changed just now would count as being trained.
        utimesSync(target, 1e9, 1e9);
      }
    }
  }
  tuneboard = await openConsole(home);
  runs = (await tuneboard.api<{ items: RunSummary[] }>("/api/runs")).body.items;
}, 60_000);
afterAll(async () => {
  await tuneboard.close();
  await removeHome(home);
});

describe("folders that LLaMA-Factory left", () => {
  it("are all found", () => {
    expect(runs).toHaveLength(2 * Object.keys(recorded).length);
  });

  it.each(Object.keys(recorded))(
    "%s: finished, with its stage, numbers, curve and checkpoints",
    async (name) => {
      const [method, folder] = name.split("/") as [string, string];
      const stage = /^lf-(pt|rm|dpo|kto)/.exec(folder)?.[1] ?? "sft";
      // Nothing that pre-training without validation leaves tells it from supervised training.
      const stages = stage === "pt" ? ["pt", "sft"] : [stage, stage];
      const found = runs.filter((run) => run.name === folder && run.method === method);
      expect(found).toHaveLength(2);
      expect(found.map((run) => run.stage).sort()).toEqual(stages);
      for (const run of found) {
        expect(run).toMatchObject({
          status: "finished",
          engine: "llamafactory",
          origin: "folder",
          model: "tiny",
          step: 3,
          total_steps: 3,
          failure: null,
        });
        const { body: detail } = await tuneboard.api<RunDetail>(`/api/runs/${run.id}`);
        expect(detail.checkpoints.map((checkpoint) => checkpoint.name)).toEqual([
          "checkpoint-2",
          "checkpoint-3",
          "final",
        ]);
        const { body: curve } = await tuneboard.api<{ items: MetricPoint[] }>(`/api/runs/${run.id}/metrics`);
        const lines = recorded[name]!.files["trainer_log.jsonl"]!.trim().split("\n");
        expect(curve.items).toMatchObject(lines.map((line) => JSON.parse(line) as MetricPoint));
        // Only trainer_state.json has it.
        const trained = curve.items.filter(({ loss }) => loss != null);
        expect(trained.map((point) => typeof point.grad_norm)).toEqual(["number", "number", "number"]);
        expect(run.loss).toBe(curve.items.findLast(({ loss }) => loss != null)!.loss);
      }
    },
  );
});
