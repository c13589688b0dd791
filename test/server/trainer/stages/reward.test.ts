import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openSafetensors } from "@/server/trainer/checkpoint/safetensors";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";
import { lastPositions } from "@/server/trainer/stages/reward";
import { lossBySteps, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";
import { preferenceData } from "./preference-data";

const rewardArguments = async (folder: string, method: "lora" | "full" = "lora") => ({
  ...tinyArguments(method, folder),
  ...{ stage: "rm", dataset: "pairs", dataset_dir: await preferenceData(), lora_dropout: 0 },
  ...{ per_device_train_batch_size: 2, gradient_accumulation_steps: 2, max_steps: 6, num_train_epochs: 6 },
});

const succeeded = { code: 0, errors: "" };

describe("stage rm", () => {
  it("scores a row at its last token, padding left out", () => {
    const batch = { rows: 2, length: 4, attentionMask: Int32Array.from([1, 1, 1, 1, 1, 1, 0, 0]) };
    expect([...lastPositions(batch as TokenBatch)]).toEqual([3, 5]);
  });

  it.each(["lora", "full"] as const)(
    "learns to rank with %s, and tells how many pairs it ranks right",
    async (method) => {
      const folder = await temporaryFolder();
      const args = {
        ...(await rewardArguments(folder, method)),
        ...{ max_steps: 16, lr_scheduler_type: "constant", save_strategy: "no", val_size: 1 },
        ...{ learning_rate: method === "lora" ? 0.02 : 0.003, eval_strategy: "steps", eval_steps: 16 },
      };
      expect(await runTiny(args)).toMatchObject(succeeded);
      const losses = [...lossBySteps(folder).values()];
      expect(losses.at(-1)!).toBeLessThan(0.3);
      expect(losses.at(-1)!).toBeLessThan(losses[0]!);
      const results = JSON.parse(readFileSync(path.join(folder, "eval_results.json"), "utf8")) as object;
      expect(results).toHaveProperty("eval_accuracy");
    },
  );

  it("saves the value head beside the adapter as trl names it, and begins from it again", async () => {
    const folder = await temporaryFolder();
    const args = await rewardArguments(folder);
    expect(await runTiny({ ...args, save_strategy: "no" })).toMatchObject(succeeded);
    const file = await openSafetensors(path.join(folder, "value_head.safetensors"));
    const shapes = [...file.tensors.values()].map(({ name, shape }) => [name, [...shape]]);
    const [, C] = file.tensors.get("v_head.summary.weight")!.shape;
    expect(Object.fromEntries(shapes) as object).toEqual({
      "v_head.summary.weight": [1, C],
      "v_head.summary.bias": [1],
    });
    await file.close();

    const next = await temporaryFolder();
    const evaluating = { do_train: false, do_eval: true, eval_dataset: "pairs", output_dir: next };
    const again = { ...args, ...evaluating, adapter_name_or_path: folder };
    expect(await runTiny(again)).toMatchObject(succeeded);
    const { eval_loss } = JSON.parse(readFileSync(path.join(next, "eval_results.json"), "utf8")) as {
      eval_loss: number;
    };
    const last = [...lossBySteps(folder).values()].at(-1)!;
    expect(Math.abs(eval_loss - last)).toBeLessThan(0.5);
  });

  it("refuses the value head of another model, naming the file", async () => {
    const folder = await temporaryFolder();
    const args = { ...(await rewardArguments(folder)), max_steps: 1, save_strategy: "no" };
    await runTiny(args);
    writeFileSync(path.join(folder, "value_head.safetensors"), headOfSize(8));
    const next = { ...args, adapter_name_or_path: folder, output_dir: await temporaryFolder() };
    expect((await runTiny(next)).errors).toMatch(/value_head\.safetensors.*shape \[1, 8\].*needs \[1, \d+\]/);
  });

  it("goes on from a checkpoint as if it had not stopped", async () => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const args = await rewardArguments(whole);
    expect(await runTiny(args)).toMatchObject(succeeded);
    const parted = { ...args, output_dir: parts };
    expect((await runTiny(parted, 3)).code).toBe(0);
    expect(existsSync(path.join(parts, "checkpoint-3", "value_head.safetensors"))).toBe(true);
    expect(await runTiny(parted)).toMatchObject(succeeded);
    expect(lossBySteps(parts)).toEqual(lossBySteps(whole));
  });
});

/** A safetensors file with a value head over `size` numbers. */
function headOfSize(size: number): Buffer {
  const header = JSON.stringify({
    "v_head.summary.weight": { dtype: "F32", shape: [1, size], data_offsets: [0, 4 * size] },
    "v_head.summary.bias": { dtype: "F32", shape: [1], data_offsets: [4 * size, 4 * size + 4] },
  });
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, Buffer.from(padded), Buffer.alloc(4 * size + 4)]);
}
