import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readTrainArguments, trainingArgsYaml } from "@/server/trainer/train/train-arguments";
import { temporaryFolder } from "./tiny-run";

const YAML = `### model
model_name_or_path: model
trust_remote_code: true
### method
stage: sft
do_train: true
finetuning_type: lora
lora_target: [q_proj, v_proj]
dataset: identity,alpaca
template: qwen
output_dir: out
learning_rate: 1.0e-4
num_train_epochs: 3.0
resume_from_checkpoint: null
`;

async function yamlFile(text: string, name = "run.yaml"): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

describe("readTrainArguments", () => {
  it("reads YAML and fills in LLaMA-Factory's defaults", async () => {
    const { config, warnings } = await readTrainArguments([await yamlFile(YAML)]);
    expect(config).toMatchObject({
      lora_target: "q_proj,v_proj",
      learning_rate: 1e-4,
      cutoff_len: 2048,
      lora_rank: 8,
    });
    expect(config.resume_from_checkpoint).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it("reads JSON, key=value and --key value, the later ones winning", async () => {
    const file = await yamlFile(JSON.stringify(parse(YAML)), "run.json");
    const words = [
      "learning_rate=2e-5",
      "--lora_rank",
      "16",
      "--bf16",
      "--max_steps=7",
      'lr_scheduler_kwargs={"min_lr": 1e-6}',
    ];
    const { config } = await readTrainArguments([file, ...words, "lr_scheduler_type=cosine_with_min_lr"]);
    expect(config).toMatchObject({ learning_rate: 2e-5, lora_rank: 16, bf16: true, max_steps: 7 });
    expect(config.lr_scheduler_kwargs).toEqual({ min_lr: 1e-6 });
  });

  it.each([
    ["learning_rate=fast", /learning_rate: "fast" is not valid/],
    ["lora_rank=0", /lora_rank: 0 is not valid/],
    ["report_to=wandb", /report_to: wandb is not supported here; it can be none/],
    ["learning_rte=1", /learning_rte is not an argument.*Did you mean learning_rate\?/],
    ["quantization_bit=3", /quantization_bit: 3 is not supported here/],
    ["what", /"what" is neither a YAML file nor key=value/],
  ])("names the file, the key and the value: %s", async (word, message) => {
    const file = await yamlFile(YAML);
    await expect(readTrainArguments([file, word])).rejects.toThrow(message);
  });

  it("tells every problem at once, a line each, and no argument twice", async () => {
    const file = await yamlFile(YAML);
    const reading = readTrainArguments([file, "stage=sftt", "learning_rte=1", "mask_history=true"]);
    await expect(reading).rejects.toThrow(
      /run\.yaml:\n {2}stage: "sftt" is not valid.*\n {2}learning_rte is not an argument.*\n {2}mask_history is only for .*$/,
    );
  });

  it("names a file that is missing, broken or no mapping", async () => {
    await expect(readTrainArguments(["nowhere.yaml"])).rejects.toThrow(/nowhere\.yaml does not exist/);
    await expect(readTrainArguments([await yamlFile("a: [1")])).rejects.toThrow(
      /run\.yaml is not valid YAML/,
    );
    await expect(readTrainArguments([await yamlFile("- a")])).rejects.toThrow(/must hold keys and values/);
  });
});

describe("trainingArgsYaml", () => {
  it("sorts keys, leaves out what is empty, and writes numbers that PyYAML reads as numbers", () => {
    const raw = {
      b: 5e-5,
      a: "yes",
      c: null,
      d: "",
      e: 1e-7,
      f: 2,
      g: [1, "x"],
      h: true,
      resume_from_checkpoint: "x",
      i: "1e-4",
    };
    expect(trainingArgsYaml(raw)).toBe(
      'a: "yes"\nb: 5.0e-05\ne: 1.0e-07\nf: 2\ng: [1,"x"]\nh: true\ni: "1e-4"\n',
    );
  });
});
