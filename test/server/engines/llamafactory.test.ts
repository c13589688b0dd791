/** LLaMA-Factory as an engine, with a stand-in for its command. */
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-lf-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, body: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!${process.execPath}\n${body}`);
  await chmod(file, 0o755);
  return file;
}

describe("LLaMA-Factory", () => {
  it("is found by really asking for its version, once", async () => {
    const count = path.join(folder, "asked");
    const file = await program(
      "good",
      `require("fs").appendFileSync(${JSON.stringify(count)}, process.argv[2]); console.log("| Welcome to LLaMA Factory, version 0.9.5 |");`,
    );
    const engine = llamaFactoryEngine(() => file);
    expect(await engine.detect()).toMatchObject({ available: true, version: "0.9.5", reason: null });
    await engine.detect();
    expect(await readFile(count, "utf8")).toBe("version");
  });

  it("says why it is not there", async () => {
    const missing = await llamaFactoryEngine(() => path.join(folder, "nothing")).detect();
    expect(missing).toMatchObject({ available: false, version: null });
    expect(missing.reason).toMatch(/no program at .*Settings/);
    const broken = await program(
      "broken",
      'console.error("Traceback\\nRuntimeError: no torch"); process.exit(1);',
    );
    expect((await llamaFactoryEngine(() => broken).detect()).reason).toMatch(/RuntimeError: no torch/);
    const other = await program("other", 'console.log("hello")');
    expect((await llamaFactoryEngine(() => other).detect()).reason).toMatch(/named no version/);
  });

  it("is looked for again when the settings change", async () => {
    const good = await program("good2", 'console.log("version 1.0.0")');
    let setting: string | null = path.join(folder, "nothing");
    const engine = llamaFactoryEngine(() => setting);
    expect((await engine.detect()).available).toBe(false);
    setting = good;
    expect((await engine.detect()).version).toBe("1.0.0");
  });

  it("is started by argv, told where to log, and never given Tuneboard's own arguments", () => {
    const engine = llamaFactoryEngine(() => "/opt/llamafactory-cli");
    const command = engine.command({
      kind: "train",
      argsFile: "/h/a b.yaml",
      overrides: ["x=1"],
      runFolder: "/h/run",
      cwd: "/h",
    });
    expect(command).toEqual({
      file: "/opt/llamafactory-cli",
      args: ["train", "/h/a b.yaml", "x=1"],
      env: { LLAMABOARD_ENABLED: "1", LLAMABOARD_WORKDIR: "/h/run" },
      cwd: "/h",
    });
    expect(engine.trainArguments({ stage: "sft", executor: "onnx" })).toEqual({
      report_to: "none",
      stage: "sft",
    });
    expect(engine.shownCommand("a.yaml")).toBe("llamafactory-cli train a.yaml");
  });

  it("names arguments that it does not know or that fail without a GPU, with the way out", () => {
    const engine = llamaFactoryEngine(() => null);
    const base = { model_name_or_path: "m", do_train: true, dataset: "d" };
    expect(engine.check({ ...base, learning_rat: 1 })[0]).toMatchObject({
      argument: "learning_rat",
      severity: "error",
    });
    expect(engine.check({ ...base, bf16: true })).toMatchObject([
      { argument: "bf16", severity: "warning", fix: { set: { use_cpu: true } } },
    ]);
    expect(engine.check({ ...base, bf16: true, use_cpu: true })).toEqual([]);
    expect(engine.check({ ...base, pure_bf16: true, use_cpu: true })).toMatchObject([
      { argument: "pure_bf16", severity: "error" },
    ]);
  });
});
