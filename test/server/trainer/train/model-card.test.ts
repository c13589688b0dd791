import { readFile, writeFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseTrainConfig, type TrainConfig } from "@/server/contract/train-config";
import { isOwnCard, writeModelCard, type CardFacts } from "@/server/trainer/train/model-card";
import { temporaryFolder } from "./tiny-run";

function configOf(changes: Record<string, unknown> = {}): TrainConfig {
  const { config } = parseTrainConfig({
    ...{ model_name_or_path: "models/tiny", dataset: "identity,rows", template: "qwen" },
    ...{ learning_rate: 1e-4, gradient_accumulation_steps: 4, val_size: 2, ...changes },
  });
  return config!;
}

const facts = (config: TrainConfig): CardFacts => ({
  config,
  steps: 6,
  logHistory: [
    { step: 1, epoch: 0.5, loss: 2.34567, learning_rate: 1e-4 },
    { step: 2, epoch: 1, eval_loss: 2.1, eval_runtime: 1 },
    { step: 3, epoch: 1.5, loss: 1.5 },
    { step: 4, epoch: 2, eval_loss: 1.25 },
  ],
  trainResults: { train_loss: 1.92284, train_runtime: 3 },
  evaluation: { eval_loss: 1.25, eval_accuracy: 0.5, eval_runtime: 1, eval_samples_per_second: 2 },
  device: "onnxruntime 1.0, CPU, 2 threads",
});

async function written(folder: string, config = configOf()): Promise<{ text: string; head: unknown }> {
  await writeModelCard(folder, facts(config));
  const text = await readFile(path.join(folder, "README.md"), "utf8");
  return { text, head: parse(/^---\n([\s\S]*?)\n---\n/.exec(text)![1]!) };
}

describe("a run's model card", () => {
  it("has the head that the hub reads", async () => {
    const folder = await temporaryFolder();
    expect((await written(folder)).head).toEqual({
      library_name: "peft",
      base_model: "models/tiny",
      tags: ["base_model:adapter:models/tiny", "tuneboard", "lora", "generated_from_trainer"],
      pipeline_tag: "text-generation",
      "model-index": [{ name: path.basename(folder), results: [] }],
    });
    const full = await written(await temporaryFolder(), configOf({ finetuning_type: "full" }));
    expect(full.head).toMatchObject({ library_name: "transformers" });
  });

  it("tells data, settings, what was measured and a row for every evaluation", async () => {
    const { text } = await written(await temporaryFolder());
    expect(text).toContain("fine-tuned on the identity and the rows datasets (stage sft, method lora)");
    expect(text).toContain("- learning_rate: 0.0001\n");
    expect(text).toContain("- total_train_batch_size: 32\n");
    expect(text).toContain("- loss: 1.25\n- accuracy: 0.5\n\n");
    expect(text).toContain("| 2.3457 | 1 | 2 | 2.1 |\n| 1.5 | 2 | 4 | 1.25 |");
    expect(text).toContain("- onnxruntime 1.0, CPU, 2 threads");
  });

  it("takes the license over from the base model's card, and no path of this machine", async () => {
    const model = path.join(await temporaryFolder(), "base");
    await mkdir(model);
    await writeFile(path.join(model, "README.md"), "---\nlicense: apache-2.0\ntags: [x]\n---\n# Base\n");
    const { head, text } = await written(await temporaryFolder(), configOf({ model_name_or_path: model }));
    expect(head).toMatchObject({ license: "apache-2.0", base_model: "base" });
    expect(text).not.toContain(model);
  });

  it("replaces its own card, and keeps one that a person wrote or changed", async () => {
    const folder = await temporaryFolder();
    const { text } = await written(folder);
    expect(isOwnCard(text)).toBe(true);
    const again = await written(folder, configOf({ learning_rate: 2e-4 }));
    expect(again.text).toContain("- learning_rate: 0.0002\n");
    for (const kept of [again.text.replace("# ", "# My "), "# Mine\n"]) {
      await writeFile(path.join(folder, "README.md"), kept);
      await writeModelCard(folder, facts(configOf()));
      expect(await readFile(path.join(folder, "README.md"), "utf8")).toBe(kept);
    }
  });
});
