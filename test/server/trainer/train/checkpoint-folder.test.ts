import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { planSteps } from "@/server/contract/step-plan";
import { parseTrainConfig } from "@/server/contract/train-config";
import { writeSafetensors } from "@/server/trainer/checkpoint/safetensors";
import { createOptimizer } from "@/server/trainer/optim/create-optimizer";
import {
  resumeObstacle,
  listCheckpoints,
  removeOldCheckpoints,
  restoreCheckpoint,
  saveCheckpoint,
  type CheckpointSource,
} from "@/server/trainer/train/checkpoint-folder";
import { initialState, readTrainerState } from "@/server/trainer/train/trainer-state";
import { temporaryFolder } from "./tiny-run";

const config = parseTrainConfig({ model_name_or_path: "m" }).config!;

/** A run of one weight of three numbers, saved as an adapter of the given type. */
function tinySource(runFolder: string, dtype: "F32" | "BF16" = "F32"): CheckpointSource {
  const values = new Float32Array([0.1, -0.2, 1 / 3]);
  const weight = { name: "w", shape: [3], data: values, grad: new Float32Array([1, 2, 3]) };
  const optimizer = createOptimizer([weight], config);
  optimizer.step(0.01);
  return {
    ...{ runFolder, config, optimizer, plan: planSteps(config, 8), parameters: [weight], learningRate: 0.01 },
    state: { ...initialState(), globalStep: 1, epoch: 0.5, lossSum: 1.25 },
    argsText: "stage: sft\n",
    saveModel: (folder) =>
      writeSafetensors(path.join(folder, "adapter_model.safetensors"), [{ ...weight, dtype }]),
  };
}

describe("checkpoint folder", () => {
  it.each(["F32", "BF16"] as const)(
    "restores weights, optimizer and state exactly from %s weights",
    async (dtype) => {
      const runFolder = await temporaryFolder();
      const source = tinySource(runFolder, dtype);
      const folder = await saveCheckpoint(source);
      expect(await resumeObstacle(folder)).toBeNull();

      const fresh = tinySource(runFolder, dtype);
      fresh.parameters[0]!.data.fill(0);
      for (const { data } of fresh.optimizer.state) data.fill(0);
      fresh.optimizer.stepCount = 0;
      await restoreCheckpoint(folder, fresh);
      expect(fresh.parameters[0]!.data).toEqual(source.parameters[0]!.data);
      expect(fresh.optimizer.state.map(({ data }) => data)).toEqual(
        source.optimizer.state.map(({ data }) => data),
      );
      expect(fresh.optimizer.stepCount).toBe(1);
      expect(await readTrainerState(folder)).toEqual(source.state);
    },
  );

  it("leaves nothing of a checkpoint that a full disk cut off, and keeps the earlier one", async () => {
    const runFolder = await temporaryFolder();
    const source = tinySource(runFolder);
    const earlier = await saveCheckpoint(source);
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const failing = {
      ...source,
      state: { ...source.state, globalStep: 2 },
      async saveModel(folder: string) {
        await writeFile(path.join(folder, "config.json"), "{}");
        throw full;
      },
    };
    await expect(saveCheckpoint(failing)).rejects.toMatchObject({ code: "disk_full" });
    await expect(saveCheckpoint(failing)).rejects.toThrow(/checkpoint-2: the disk is full/);
    expect(readdirSync(runFolder)).toEqual(["checkpoint-1"]);
    expect(await resumeObstacle(earlier)).toBeNull();
  });

  it("replaces a checkpoint of the same step as a whole", async () => {
    const runFolder = await temporaryFolder();
    await saveCheckpoint(tinySource(runFolder));
    await saveCheckpoint(tinySource(runFolder));
    expect(readdirSync(runFolder)).toEqual(["checkpoint-1"]);
  });

  it("removes the oldest beyond the limit, never the best nor the newest", async () => {
    const runFolder = await temporaryFolder();
    const source = tinySource(runFolder);
    for (const globalStep of [2, 10, 4, 6]) {
      await saveCheckpoint({ ...source, state: { ...source.state, globalStep } });
    }
    expect((await listCheckpoints(runFolder)).map(({ step }) => step)).toEqual([2, 4, 6, 10]);
    await removeOldCheckpoints(runFolder, 2, 2);
    expect((await listCheckpoints(runFolder)).map(({ step }) => step)).toEqual([2, 10]);
    await removeOldCheckpoints(runFolder, 1, null);
    expect((await listCheckpoints(runFolder)).map(({ step }) => step)).toEqual([10]);
  });

  it("names the key of a state file that it cannot use", async () => {
    const folder = await temporaryFolder();
    await expect(readTrainerState(folder)).rejects.toThrow(/trainer_state\.json is missing/);
    await writeFile(
      path.join(folder, "trainer_state.json"),
      '{"global_step": 3, "epoch": 1.0, "log_history": []}',
    );
    await expect(readTrainerState(folder)).rejects.toThrow(
      /stateful_callbacks is missing or wrong.*embedded trainer/,
    );
    expect(existsSync(path.join(folder, "trainer_state.json"))).toBe(true);
  });
});
