/** Small random models in folders of their own, for tests of everything that runs a model. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { writeModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { elementCount } from "@/server/trainer/checkpoint/safetensors";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";
import { describeDecoder } from "@/server/trainer/models/registry";
import { expectedTensors } from "@/server/trainer/models/weights";
import { createRandom } from "@/server/trainer/nn/random";

/** A llama of two layers with grouped queries; overrides make other families of it. */
export const TINY_CONFIG: Readonly<Record<string, unknown>> = {
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 64,
  max_position_embeddings: 256,
  rms_norm_eps: 1e-5,
  tie_word_embeddings: false,
};

export const TINY_QWEN2 = {
  architectures: ["Qwen2ForCausalLM"],
  model_type: "qwen2",
  tie_word_embeddings: true,
};

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tuneboard-model-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a model with random weights; returns its folder, which the test removes where none is given. */
export async function writeTinyModel(
  overrides: Record<string, unknown> = {},
  folder = temporaryFolder(),
): Promise<string> {
  const config = { ...TINY_CONFIG, ...overrides };
  const decoder = describeDecoder({ file: path.join(folder, "config.json"), values: config });
  const random = createRandom(5);
  const tensors = [...expectedTensors(decoder)].map(([name, shape]) => {
    const isNorm = /(norm|ln_\w)\.weight$/.test(name);
    const data = Float32Array.from(
      { length: elementCount(shape) },
      () => (isNorm ? 1 : 0) + 0.2 * random.normal(),
    );
    return { name, shape, dtype: "F32" as const, data };
  });
  await writeModelFolder(folder, { config, generationConfig: null, tensors });
  return folder;
}

/** Rows of token ids, padded on the right to the longest; labels are the tokens themselves. */
export function batchOf(
  rows: readonly (readonly number[])[],
  length = Math.max(...rows.map((row) => row.length)),
): TokenBatch {
  const inputIds = new Int32Array(rows.length * length);
  const labels = new Int32Array(rows.length * length).fill(-100);
  const attentionMask = new Int32Array(rows.length * length);
  for (const [i, row] of rows.entries()) {
    inputIds.set(row, i * length);
    labels.set(row, i * length);
    attentionMask.fill(1, i * length, i * length + row.length);
  }
  return { rows: rows.length, length, inputIds, labels, attentionMask, positionIds: null };
}

/** `length` token ids, different for every seed. */
export function randomIds(seed: number, length: number, vocabulary = 64): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, () => random.next() % vocabulary);
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
