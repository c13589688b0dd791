import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildStarter, type StarterBuild } from "@/server/starter/build-starter";
import { ROUNDS } from "@/server/starter/recipe";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";

/** Stands for the trainer: hands the weights on unchanged and leaves the two files that the model card reads. */
const STAND_IN = `
import { cpSync, readFileSync, writeFileSync } from "node:fs";
const [verb, file] = process.argv.slice(2);
const yaml = readFileSync(file, "utf8");
const value = (key) => new RegExp("^" + key + ": (.*)$", "m").exec(yaml)[1];
if (verb !== "train" || value("template") !== "chatml") process.exit(3);
if (value("dataset") === process.env.STAND_IN_FAILS) process.exit(1);
const output = value("output_dir");
cpSync(value("model_name_or_path"), output, { recursive: true });
const state = { global_step: 7, num_input_tokens_seen: 2e6, log_history: [{ loss: 5.25 }, { loss: 0.5 }] };
writeFileSync(output + "/trainer_state.json", JSON.stringify(state));
writeFileSync(output + "/all_results.json", JSON.stringify({ train_runtime: 120 }));
`;

describe("building the starter", () => {
  let folder: string;
  let build: StarterBuild;
  const lines: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "starter-build-"));
    const standIn = path.join(folder, "stand-in.mjs");
    await writeFile(standIn, STAND_IN);
    lines.length = 0;
    build = {
      workFolder: path.join(folder, "work"),
      modelFolder: path.join(folder, "model"),
      dataFolder: path.join(folder, "data"),
      program: [process.execPath, standIn],
      log: (line) => lines.push(line),
    };
  });
  afterEach(async () => {
    delete process.env["STAND_IN_FAILS"];
    await rm(folder, { recursive: true, force: true });
  });

  it("runs every round and leaves a model in bfloat16 with tokenizer and card", async () => {
    await buildStarter(build);
    expect(lines.filter((line) => line.startsWith("Training: "))).toEqual(
      ROUNDS.map(({ title }) => `Training: ${title}`),
    );
    expect((await readdir(build.modelFolder)).sort()).toEqual([
      "README.md",
      "chat_template.jinja",
      "config.json",
      "generation_config.json",
      "model.safetensors",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    const model = await openModelFolder(build.modelFolder);
    expect([...model.tensors.values()].every(({ dtype }) => dtype === "BF16")).toBe(true);
    await model.close();
    expect(await readFile(path.join(build.modelFolder, "README.md"), "utf8")).toContain(
      "| 7 | 2.0 M | 5.25 | 0.50 | 2 min |",
    );
    // The same recipe gives the tokenizer that ships; compared as a truth value, for the difference would fill pages.
    const tokenizerOf = async (model: string): Promise<string> =>
      JSON.stringify(JSON.parse(await readFile(path.join(model, "tokenizer.json"), "utf8")));
    const shipped = await tokenizerOf(path.join("server", "starter", "model"));
    expect((await tokenizerOf(build.modelFolder)) === shipped).toBe(true);
  });

  it("says which round failed, and keeps the model that was there", async () => {
    process.env["STAND_IN_FAILS"] = ROUNDS[1]!.name;
    await expect(buildStarter(build)).rejects.toThrow(ROUNDS[1]!.name);
    await expect(readdir(build.modelFolder)).rejects.toThrow();
  });

  it("does not empty a folder that holds something else", async () => {
    await expect(buildStarter({ ...build, workFolder: folder })).rejects.toThrow(/holds other files/);
    expect(await readdir(folder)).toContain("stand-in.mjs");
  });
});
