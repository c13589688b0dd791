import {
  appendFileSync,
  cpSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeFailure } from "@/server/trainer/train/failure";
import { FIXTURES, logLines, runTiny, temporaryFolder, tinyArguments } from "./tiny-run";

/** A copy of the tiny model that a test may damage. */
async function modelCopy(): Promise<string> {
  const folder = path.join(await temporaryFolder(), "model");
  cpSync(path.join(FIXTURES, "sft_lora_qwen2", "model"), folder, { recursive: true });
  return folder;
}

/** Runs with changed arguments, expects exit code 1 and exactly one line on stderr. */
async function failure(changes: Record<string, unknown>): Promise<string> {
  const out = await temporaryFolder();
  const { code, errors } = await runTiny({ ...tinyArguments("lora", out), ...changes });
  expect(code).toBe(1);
  expect(errors).toMatch(/^Error: [^\n]+\n$/);
  return errors;
}

describe("one clear line for", () => {
  it("weights that were cut short", async () => {
    const model = await modelCopy();
    truncateSync(path.join(model, "model.safetensors"), 100_000);
    expect(await failure({ model_name_or_path: model })).toMatch(
      /model\.safetensors: it was cut short: tensor ".+" ends at/,
    );
  });

  it("a header that lies", async () => {
    const model = await modelCopy();
    const file = path.join(model, "model.safetensors");
    const bytes = readFileSync(file);
    const text = bytes.toString("latin1");
    const at = text.indexOf('"data_offsets":[') + '"data_offsets":['.length;
    bytes.write("9", at, "latin1");
    writeFileSync(file, bytes);
    expect(await failure({ model_name_or_path: model })).toMatch(
      /tensor ".+" .*data_offsets|overlaps|belong to no tensor/,
    );
  });

  it("a missing tensor", async () => {
    const model = await modelCopy();
    const file = path.join(model, "config.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...config, num_hidden_layers: 3, layer_types: undefined }));
    expect(await failure({ model_name_or_path: model })).toMatch(/model\.layers\.2\..+/);
  });

  it("a shard that is not there", async () => {
    const model = await modelCopy();
    const weights = path.join(model, "model.safetensors");
    const header = readFileSync(weights);
    const length = Number(header.readBigUInt64LE(0));
    const entries = JSON.parse(header.subarray(8, 8 + length).toString("utf8")) as Record<string, unknown>;
    const names = Object.keys(entries).filter((name) => name !== "__metadata__");
    renameSync(weights, path.join(model, "model-00001-of-00002.safetensors"));
    const half = names.length / 2;
    const weight_map = Object.fromEntries(
      names.map((name, i) => [name, `model-0000${i < half ? 1 : 2}-of-00002.safetensors`]),
    );
    writeFileSync(
      path.join(model, "model.safetensors.index.json"),
      JSON.stringify({ metadata: {}, weight_map }),
    );
    expect(await failure({ model_name_or_path: model })).toMatch(/model-00002-of-00002\.safetensors/);
  });

  it("pickled weights only", async () => {
    const model = await modelCopy();
    rmSync(path.join(model, "model.safetensors"));
    writeFileSync(path.join(model, "pytorch_model.bin"), "");
    expect(await failure({ model_name_or_path: model })).toMatch(/pytorch_model\.bin is a pickled file/);
  });

  it("an unknown architecture", async () => {
    const model = await modelCopy();
    const file = path.join(model, "config.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    writeFileSync(
      file,
      JSON.stringify({ ...config, architectures: ["MambaForCausalLM"], model_type: "mamba" }),
    );
    expect(await failure({ model_name_or_path: model })).toMatch(
      /MambaForCausalLM.*LlamaForCausalLM.*llamafactory/,
    );
  });

  it("a model that is not there", async () => {
    expect(await failure({ model_name_or_path: "org/name" })).toMatch(/org\/name/);
  });

  it("an unknown template", async () => {
    expect(await failure({ template: "qwenn" })).toMatch(/template "qwenn" is not known.*qwen/);
  });

  it("a dataset row without the column", async () => {
    const data = await temporaryFolder();
    cpSync(path.join(FIXTURES, "sft_lora_qwen2", "data"), data, { recursive: true });
    const file = path.join(data, "rows.json");
    const rows = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>[];
    const info = JSON.parse(readFileSync(path.join(data, "dataset_info.json"), "utf8")) as {
      rows: { columns?: Record<string, string>; formatting?: string };
    };
    const column = info.rows.columns?.["response"] ?? "output";
    for (const row of rows) delete row[column];
    writeFileSync(file, JSON.stringify(rows));
    expect(await failure({ dataset_dir: data })).toMatch(new RegExp(`rows\\.json.*${column}`));
  });

  it("an unknown dataset", async () => {
    expect(await failure({ dataset: "nothing" })).toMatch(/nothing/);
  });

  it("a rate that makes training diverge, with whole lines in the log and the last one naming it", async () => {
    const out = await temporaryFolder();
    const args = {
      ...tinyArguments("full", out),
      learning_rate: 1e20,
      lr_scheduler_type: "constant",
      max_grad_norm: 0,
    };
    const { code, errors } = await runTiny(args);
    expect(code).toBe(1);
    expect(errors).toMatch(/^Error: Training diverged at step \d+: .*learning rate .*learning_rate/);
    expect(readFileSync(path.join(out, "trainer_log.jsonl"), "utf8")).toMatch(/^(\{.+\}\n)+$/);
    expect(logLines(out).length).toBeGreaterThan(0);
    const log = readFileSync(path.join(out, "running_log.txt"), "utf8").trim().split("\n");
    expect(log.at(-1)!.replace(/^\[ERROR\|.{19}\] trainer:1 >> /, "Error: ")).toBe(errors.trim());
  });

  it("a configuration that leaves no output folder", async () => {
    expect(await failure({ output_dir: "" })).toMatch(/output_dir is missing/);
  });
});

describe("describeFailure", () => {
  it("tells memory and disk from defects, and gives the stack only of a defect", () => {
    expect(describeFailure(new RangeError("Array buffer allocation failed"))).toMatchObject({ stack: null });
    expect(describeFailure(new RangeError("Array buffer allocation failed")).message).toMatch(
      /Memory ran out.*cutoff_len/,
    );
    expect(describeFailure(new Error("std::bad_alloc")).message).toMatch(/Memory ran out/);
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(describeFailure(full).message).toMatch(/disk is full/);
    const defect = describeFailure(new TypeError("x is\nundefined"));
    expect(defect.message).toBe("Unexpected: x is undefined");
    expect(defect.stack).toContain("faults.test");
  });
});

describe("a template with a token that the tokenizer does not have", () => {
  it("is warned about where the embedding has a row to spare", async () => {
    const model = await modelCopy();
    const file = path.join(model, "tokenizer.json");
    const tokenizer = JSON.parse(readFileSync(file, "utf8")) as { added_tokens: { content: string }[] };
    const kept = tokenizer.added_tokens.filter(({ content }) => content !== "<|eot_id|>");
    writeFileSync(file, JSON.stringify({ ...tokenizer, added_tokens: kept }));
    const args = { ...tinyArguments("lora", await temporaryFolder()), template: "llama3", max_steps: 1 };
    const { code, output } = await runTiny({ ...args, model_name_or_path: model });
    expect(code).toBe(0);
    expect(output).toContain("[WARNING|");
    expect(output).toContain(
      "The template llama3 uses <|eot_id|>, which the model's tokenizer does not have",
    );
  });
});

describe("a log that a crash cut off", () => {
  it("is mended before a resumed run appends to it", async () => {
    const out = await temporaryFolder();
    const args = { ...tinyArguments("lora", out), lr_scheduler_type: "constant" };
    await runTiny({ ...args, max_steps: 2 });
    appendFileSync(path.join(out, "trainer_log.jsonl"), '{"current_steps": 3, "tot');
    await runTiny({ ...args, max_steps: 4 });
    expect(logLines(out).map((line) => line["current_steps"])).toEqual([1, 2, 2, 3, 4, 4]);
  });
});
