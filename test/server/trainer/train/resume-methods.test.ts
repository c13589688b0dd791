import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lossBySteps, logLines, runTiny, temporaryFolder, tinyArguments } from "./tiny-run";

const METHODS: [string, Record<string, unknown>][] = [
  ["DoRA", { use_dora: true }],
  ["PiSSA", { pissa_init: true }],
  ["OFT", { finetuning_type: "oft", oft_block_size: 16, module_dropout: 0.3 }],
  ["LoRA with whole tables", { additional_target: "embed_tokens,lm_head" }],
  ["freeze", { finetuning_type: "freeze", freeze_trainable_layers: 1, freeze_extra_modules: "norm" }],
];

/** Every row is cut to this length: one shape to compile. */
const ALIKE = { cutoff_len: 32 };

describe("resume", () => {
  it.each(METHODS)("gives the losses of an uninterrupted run of %s", async (_, method) => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const args = (folder: string) => ({ ...tinyArguments("lora", folder), ...ALIKE, ...method });
    expect(await runTiny(args(whole))).toMatchObject({ code: 0, errors: "" });
    expect((await runTiny(args(parts), 3)).code).toBe(0);
    expect([...lossBySteps(parts).keys()]).toEqual([1, 2, 3]);
    expect((await runTiny(args(parts))).code).toBe(0);

    const [expected, actual] = [lossBySteps(whole), lossBySteps(parts)];
    expect([...actual.keys()]).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [step, loss] of expected) expect(actual.get(step), `step ${step}`).toBeCloseTo(loss, 6);
    expect(expected.get(6)).toBeLessThan(expected.get(1)!);
    const gradNorms = (folder: string) => logLines(folder).map((line) => line["grad_norm"]);
    expect(gradNorms(parts).slice(-3)).toEqual(gradNorms(whole).slice(-3));
  });

  it("refuses a checkpoint of another method", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), ...ALIKE, max_steps: 2 };
    await runTiny(args);
    const other = await runTiny({ ...args, max_steps: 4, use_dora: true });
    expect(other.errors).toMatch(/lora_magnitude_vector" is missing/);
  });
});

describe("a PiSSA run", () => {
  it("leaves what A and B began as, and with pissa_convert a plain LoRA beside the adapter", async () => {
    const folder = await temporaryFolder();
    const pissa = { pissa_init: true, pissa_convert: true };
    const args = { ...tinyArguments("lora", folder), ...ALIKE, ...pissa, max_steps: 2 };
    const run = await runTiny(args);
    expect(run).toMatchObject({ code: 0, errors: "" });
    expect(run.output).toContain("Fine-tuning method: LoRA (PiSSA initialization)");
    const rankOf = (...at: string[]) => {
      const config = readFileSync(path.join(folder, ...at, "adapter_config.json"), "utf8");
      return (JSON.parse(config) as { r: number }).r;
    };
    expect([rankOf(), rankOf("pissa_init"), rankOf("checkpoint-2"), rankOf("pissa_converted")]).toEqual([
      4, 4, 4, 8,
    ]);
    expect(existsSync(path.join(folder, "checkpoint-2", "pissa_converted"))).toBe(false);
  });
});
