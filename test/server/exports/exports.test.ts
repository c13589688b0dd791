/** Exports as programs of their own: whole folders get their name, cancelled and failed ones leave nothing. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createExportSchema } from "@/server/contract/model-export";
import { Exports } from "@/server/exports/exports";
import { scriptedEngine } from "../console/test-console";

/** Reads its YAML as an exporter does, writes a file, tells progress; waits, fails or ends as the model's name says. */
const PROGRAM = `
const fs = require("node:fs"), path = require("node:path");
const yaml = fs.readFileSync(process.argv[1], "utf8");
const value = (key) => new RegExp("^" + key + ": (.*)$", "m").exec(yaml)?.[1];
fs.mkdirSync(value("export_dir"), { recursive: true });
fs.writeFileSync(path.join(value("export_dir"), "config.json"), "{}");
console.log("Writing weights: 3 of 12 tensors");
if (value("model_name_or_path") === "models/slow") setInterval(() => {}, 1000);
else if (value("model_name_or_path") === "models/broken") { console.error("model.safetensors is cut off."); process.exit(1); }
else if (value("export_device")) process.stdout.write("Writing model shards:  50%|#| 1/2\\rWriting model shards: 100%|#| 2/2\\nOllama modelfile saved in x\\n");
else { console.log("Model weights saved in x"); console.log("Self-test: 2 of 3 answers are the same before and after."); }
`;

/** Stands for the program that compares answers: says which folders it has compared. */
const SELF_TEST = `
const yaml = require("node:fs").readFileSync(process.argv[1], "utf8");
const value = (key) => new RegExp("^" + key + ": (.*)$", "m").exec(yaml)?.[1];
if (value("model_name_or_path") === "models/untold") process.exit(1);
console.log("Compared " + value("adapter_name_or_path") + " with " + value("export_dir"));
console.log("Self-test: 3 of 3 answers are the same before and after.");
`;

let home: string;
let exports: Exports;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-exports-"));
  mkdirSync(path.join(home, "models"));
  exports = openExports();
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function openExports(): Exports {
  const engine = {
    ...scriptedEngine(home),
    command: (task: { argsFile: string; cwd: string }) => ({
      file: process.execPath,
      args: ["-e", PROGRAM, task.argsFile],
      env: {},
      cwd: task.cwd,
    }),
  };
  return new Exports({
    home,
    engine: () => engine,
    target: (id) =>
      Promise.resolve({
        label: id,
        modelFolder: id.replace("base:", "models/"),
        adapterFolder: id === "base:tuned" ? "saves/tuned" : null,
        method: "lora",
        template: "qwen",
        engine: "embedded",
      }),
    selfTest: (argsFile) => ({
      file: process.execPath,
      args: ["-e", SELF_TEST, argsFile],
      env: {},
      cwd: home,
    }),
  });
}

const start = (target: string, name: string, change: object = { export_gguf: "q8_0" }) =>
  exports.create(createExportSchema.parse({ target: `base:${target}`, name, ...change }));
const only = () => exports.list()[0]!;
const until = (state: string) => expect.poll(() => only().state, { timeout: 10_000 }).toBe(state);

describe("an export", () => {
  it("gives the folder its name once it is whole, and keeps what the program said", async () => {
    await start("tuned", "mine");
    await until("finished");
    expect(only()).toMatchObject({
      name: "mine",
      folder: "models/mine",
      progress: 0.25,
      self_test: { equal: 2, asked: 3 },
      files: [{ name: "README.md" }, { name: "config.json", bytes: 2 }],
    });
    const yaml = readFileSync(path.join(home, "exports", only().id, "export_args.yaml"), "utf8");
    expect(yaml).toContain("adapter_name_or_path: saves/tuned");
    expect(yaml).toContain("export_gguf: q8_0");
    await expect(start("tuned", "mine")).rejects.toThrow(/models\/mine exists already/);
  });

  it("that is cancelled leaves no folder and can be started again", async () => {
    const id = await start("slow", "half");
    await expect
      .poll(() => existsSync(path.join(home, "models/.exporting/half")), { timeout: 10_000 })
      .toBe(true);
    expect(only().state).toBe("running");
    await expect(start("slow", "half")).rejects.toThrow(/exists already/);
    exports.cancel(id);
    await until("cancelled");
    expect(existsSync(path.join(home, "models/.exporting/half"))).toBe(false);
    expect(existsSync(path.join(home, "models/half"))).toBe(false);
    exports.forget(id);
    expect(exports.list()).toEqual([]);
  });

  it("that fails tells what the program said last", async () => {
    await start("broken", "bad");
    await until("failed");
    expect(only().output).toContain("model.safetensors is cut off.");
    expect(existsSync(path.join(home, "models/bad"))).toBe(false);
  });

  it("is taken up by the next console, also where its end was not seen", async () => {
    const id = await start("slow", "long");
    const later = openExports();
    expect(later.list()).toMatchObject([{ id, state: "running" }]);
    later.cancel(id);
    await expect.poll(() => later.list()[0]!.state, { timeout: 10_000 }).toBe("cancelled");
  });

  it("has no path for a name", () => {
    const parsed = createExportSchema.safeParse({ target: "base:x", name: "../outside" });
    expect(parsed.success).toBe(false);
  });

  it("with a record that cannot be read does not hide the others", async () => {
    mkdirSync(path.join(home, "exports", "junk"), { recursive: true });
    writeFileSync(path.join(home, "exports", "junk", "export.json"), "{");
    await start("tuned", "fine");
    await until("finished");
    expect(exports.list()).toHaveLength(1);
  });

  it("by LLaMA-Factory gets its arguments, then the embedded engine compares the answers", async () => {
    const id = await start("tuned", "theirs", { engine: "llamafactory", export_legacy_format: true });
    await until("finished");
    const yaml = readFileSync(path.join(home, "exports", id, "export_args.yaml"), "utf8");
    expect(yaml).toContain("export_device: cpu\n");
    expect(yaml).toContain("export_legacy_format: true\n");
    expect(only()).toMatchObject({ progress: 1, self_test: { equal: 3, asked: 3 }, error: null });
    expect(only().output).toContain("Compared saves/tuned with ");
    // The bar as it stood last.
    expect(only().output).not.toContain("50%");
  });

  it("is whole although the comparison could not be made", async () => {
    await start("untold", "alone", { engine: "llamafactory" });
    await until("finished");
    expect(only().self_test).toBeNull();
  });

  it.each([
    [{ export_quantization_bit: 4 }, /export the merged model first/],
    [{ export_legacy_format: true, export_gguf: "f16" }, /leave one of them out/],
    [{ export_legacy_format: true, engine: "embedded" }, /choose LLaMA-Factory/],
    [{ export_gguf: "f16", engine: "llamafactory" }, /writes no GGUF/],
  ])("that asks for what no engine does is refused: %j", async (change, words) => {
    await expect(start("tuned", "never", change)).rejects.toThrow(words);
    expect(exports.list()).toEqual([]);
  });

  it("carries a model card that tells where it comes from", async () => {
    mkdirSync(path.join(home, "saves/tuned"), { recursive: true });
    writeFileSync(
      path.join(home, "saves/tuned/README.md"),
      "---\nlibrary_name: peft\nbase_model: x\ntags:\n- base_model:adapter:x\n- lora\n---\n<!-- Written by Tuneboard (seal 0). -->\n\n# Told by the trainer\n\nx, tuned. Load it with PEFT on top of the base model.\n",
    );
    await start("tuned", "mine");
    await until("finished");
    const card = readFileSync(path.join(home, "models/mine/README.md"), "utf8");
    expect(card).toMatch(/^---\nlibrary_name: transformers\nbase_model: models\/tuned\n/);
    expect(card).toContain(
      "  - base_model:finetune:models/tuned\n  - lora\n---\n\n# Told by the trainer\n\nx, tuned.\n",
    );
    expect(card).toContain("The LoRA adapter is merged into the weights of models/tuned");
  });
});
