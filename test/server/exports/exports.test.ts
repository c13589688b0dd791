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
else { console.log("Model weights saved in x"); console.log("Self-test: 2 of 3 answers are the same before and after."); }
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
  });
}

const start = (target: string, name: string) =>
  exports.create(createExportSchema.parse({ target: `base:${target}`, name, export_gguf: "q8_0" }));
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
      files: [{ name: "config.json", bytes: 2 }],
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
});
