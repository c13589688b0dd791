/** Cached greedy decoding against transformers' generate: the same ids, and logits within float32's reach. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { openSafetensors } from "@/server/trainer/checkpoint/safetensors";
import { openAdaptedDecoder } from "@/server/trainer/generate/adapted-decoder";
import { createCachePool } from "@/server/trainer/generate/cache-pool";
import { openCachedDecoder, type CachedDecoder } from "@/server/trainer/generate/cached-decoder";
import { argmax } from "@/server/trainer/generate/logit-filters";
import { findFamily } from "@/server/trainer/models/registry";
import { casesIn, goldenRoot, unsupported } from "./golden-root";

interface Case {
  readonly input_ids: number[][];
  readonly generation: { readonly prompt_ids: number[]; readonly new_ids: number[] };
}

async function readCase(folder: string): Promise<Case> {
  return JSON.parse(await readFile(path.join(folder, "case.json"), "utf8")) as Case;
}

const LOGIT_TOLERANCE = 2e-5;

async function openCase(folder: string): Promise<CachedDecoder> {
  const model = await openModelFolder(folder);
  try {
    return await openCachedDecoder(model, { bits: 32 });
  } finally {
    await model.close();
  }
}

async function readLogits(folder: string, name: string): Promise<Float32Array> {
  const file = await openSafetensors(path.join(folder, "logits.safetensors"));
  const logits = await file.read(name);
  await file.close();
  return logits;
}

/** The first row's logits after its last token; `logits` is [2, length, V]. */
async function lastLogits(folder: string, length: number): Promise<Float32Array> {
  const logits = await readLogits(folder, "logits");
  const V = logits.length / (2 * length);
  return logits.slice((length - 1) * V, length * V);
}

function hasDynamicRope(config: Record<string, unknown>): boolean {
  return (config["rope_parameters"] as { rope_type?: string } | undefined)?.rope_type === "dynamic";
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

describe("greedy generation with a KV cache", async () => {
  for (const name of casesIn("families")) {
    const folder = path.join(goldenRoot, "families", name);
    const config = JSON.parse(await readFile(path.join(folder, "config.json"), "utf8")) as Record<
      string,
      unknown
    >;
    if (!findFamily(config)) {
      unsupported(name, `no family for ${String(config["model_type"])}`);
      continue;
    }
    it(`${name} gives transformers' ids and logits`, async () => {
      const { generation, input_ids } = await readCase(folder);
      const expected = await readLogits(folder, "generation_logits");
      const decoder = await openCase(folder);
      const cache = decoder.newCache();

      const ids: number[] = [];
      let next = generation.prompt_ids;
      for (let step = 0; step < generation.new_ids.length; step++) {
        // The generator had run the case's batch before, and transformers' dynamic rope remembers the longest text.
        const textLength = hasDynamicRope(config) ? input_ids[0]!.length : 0;
        const logits = await decoder.extend(cache, next, { textLength });
        const row = expected.subarray(step * decoder.vocabSize, (step + 1) * decoder.vocabSize);
        expect(largestDifference(logits, row)).toBeLessThan(LOGIT_TOLERANCE);
        next = [argmax(logits)];
        ids.push(next[0]!);
      }
      expect(ids).toEqual(generation.new_ids);
      await decoder.dispose();
    });

    it(`${name} gives the same logits for a whole text, its pieces and its single tokens`, async () => {
      const { input_ids } = await readCase(folder);
      const text = input_ids[0]!;
      const lastRow = await lastLogits(folder, text.length);
      const decoder = await openCase(folder);
      const divisions = decoder.dividesPrompts ? [text.length, 7, 1] : [text.length];
      for (const size of divisions) {
        const cache = decoder.newCache();
        let logits = new Float32Array();
        for (let at = 0; at < text.length; at += size) {
          logits = Float32Array.from(
            await decoder.extend(cache, text.slice(at, at + size), { textLength: text.length }),
          );
        }
        expect(largestDifference(logits, lastRow)).toBeLessThan(LOGIT_TOLERANCE);
      }
      await decoder.dispose();
    });
  }
});

describe("generation with an adapter", () => {
  for (const base of casesIn("lora")) {
    for (const variant of casesIn(path.join("lora", base))) {
      const folder = path.join(goldenRoot, "lora", base, variant);
      // A decomposition (PiSSA) has no adapter to answer with.
      if (!existsSync(path.join(folder, "adapter"))) continue;
      it(`${base}/${variant} gives PEFT's logits, and the base's own beside it`, async () => {
        const baseFolder = path.join(goldenRoot, "families", base);
        const { input_ids } = await readCase(baseFolder);
        const text = input_ids[0]!;
        const decoder = await openCase(baseFolder);
        const adapted = await openAdaptedDecoder(path.join(folder, "adapter"), {
          ...{ modelPath: baseFolder, decoder, options: { bits: 32 } },
          caches: createCachePool(() => decoder.newCache()),
        });
        const tuned = Float32Array.from(
          await adapted.decoder.extend(adapted.decoder.newCache(), text, { adapter: adapted.prepared }),
        );
        const plain = Float32Array.from(await decoder.extend(decoder.newCache(), text));
        expect(largestDifference(tuned, await lastLogits(folder, text.length))).toBeLessThan(3e-5);
        expect(largestDifference(plain, await lastLogits(baseFolder, text.length))).toBeLessThan(
          LOGIT_TOLERANCE,
        );
        await adapted.dispose();
        await decoder.dispose();
      });
    }
  }
});
