/** What a training holds does not grow with its steps: tensors, sessions, memory, open files. */
import { existsSync, readdirSync } from "node:fs";
import v8 from "node:v8";
import vm from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import * as ort from "onnxruntime-node";
import { expect, it, vi } from "vitest";
import { trainCommand } from "@/server/trainer/train/train-command";
import { temporaryFolder, tinyArguments } from "./tiny-run";

v8.setFlagsFromString("--expose-gc");
const collectGarbage = vm.runInNewContext("gc") as () => void;

interface Holdings {
  readonly tensors: number;
  readonly sessions: number;
  readonly heap: number;
  readonly buffers: number;
  readonly files: number;
}

it.each(["lora", "full"] as const)("a %s run holds as much after 60 steps as after 20", async (method) => {
  const folder = await temporaryFolder();
  const create = vi.spyOn(ort.InferenceSession, "create");
  const holdings = (): Holdings => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    // Where the system lists a process's open files; elsewhere what Node itself waits for.
    const files = existsSync("/proc/self/fd")
      ? readdirSync("/proc/self/fd").length
      : process.getActiveResourcesInfo().length;
    return {
      tensors: tf.memory().numTensors,
      sessions: create.mock.calls.length,
      ...{ heap: heapUsed, buffers: arrayBuffers, files },
    };
  };
  const seen: { early: Holdings[]; late: Holdings[] } = { early: [], late: [] };
  let losses = 0;
  const out = (text: string) => {
    if (!text.includes("'loss':")) return;
    losses++;
    if (losses >= 20 && losses < 25) seen.early.push(holdings());
    if (losses >= 60 && losses < 65) seen.late.push(holdings());
  };
  const args = {
    ...tinyArguments(method, folder),
    ...{
      max_steps: 65,
      num_train_epochs: 40,
      save_steps: 10,
      save_total_limit: 1,
      gradient_accumulation_steps: 1,
    },
    ...{
      val_size: 0.25,
      eval_strategy: "steps",
      eval_steps: 10,
      lr_scheduler_type: "constant",
      learning_rate: 1e-4,
    },
  };
  const words = Object.entries(args).map(([key, value]) => `${key}=${String(value)}`);
  const terminal = { out, err: (text: string) => expect(text).toBe("") };
  expect(await trainCommand(words, { terminal, signal: new AbortController().signal })).toBe(0);
  create.mockRestore();

  const [early, late] = [least(seen.early), least(seen.late)];
  expect(late.tensors).toBe(early.tensors);
  expect(late.sessions).toBe(early.sessions);
  expect(late.files).toBeLessThanOrEqual(early.files);
  expect(late.buffers - early.buffers).toBeLessThan(256 * 1024);
  expect(late.heap - early.heap).toBeLessThan(3 * 1024 * 1024);
});

/** The least of each kind: buffers are given back some time after they were let go. */
function least(seen: readonly Holdings[]): Holdings {
  const of = (key: keyof Holdings) => Math.min(...seen.map((one) => one[key]));
  return {
    tensors: of("tensors"),
    sessions: of("sessions"),
    heap: of("heap"),
    buffers: of("buffers"),
    files: of("files"),
  };
}
