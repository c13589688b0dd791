/** The command line as a process: what only a process can show, such as signals and sudden death. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lossBySteps, logLines, temporaryFolder, tinyArguments } from "./trainer/train/tiny-run";

/** Inside node_modules, so that the bundle's imports resolve as the shipped bundle's do. */
const HOME = path.resolve("node_modules", ".cache", `tuneboard-cli-test-${process.pid}`);
const CLI = path.join(HOME, "bundle", "cli.mjs");

beforeAll(async () => {
  await mkdir(HOME, { recursive: true });
  await build({
    entryPoints: ["server/cli.ts"],
    outdir: path.dirname(CLI),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    alias: { "@": path.resolve(".") },
  });
  await copyFile("package.json", path.join(HOME, "package.json"));
});
afterAll(() => rm(HOME, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  ended: Promise<{ code: number | null; signal: string | null; output: string }>;
}

function start(words: readonly string[]): Started {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, output }));
  });
  return { child, ended };
}

function train(args: Record<string, unknown>): Started {
  return start(["train", ...Object.entries(args).map(([key, value]) => `${key}=${String(value)}`)]);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

const lineCount = (folder: string) => {
  const file = path.join(folder, "trainer_log.jsonl");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0;
};

describe("tuneboard train as a process", () => {
  it("stops on SIGTERM at the next step, with a checkpoint and exit code 0", async () => {
    const folder = await temporaryFolder();
    const { child, ended } = train({
      ...tinyArguments("lora", folder),
      num_train_epochs: 500,
      save_steps: 1000,
    });
    await until(() => lineCount(folder) >= 2 || child.exitCode !== null);
    child.kill("SIGTERM");
    const { code, signal, output } = await ended;
    expect({ code, signal, output: output.slice(-2000) }).toMatchObject({ code: 0, signal: null });
    const last = logLines(folder).at(-1)!;
    expect(last).not.toHaveProperty("loss");
    expect(Number(last["current_steps"])).toBeLessThan(1000);
    expect(
      existsSync(path.join(folder, `checkpoint-${last["current_steps"]}`, "optimizer.safetensors")),
    ).toBe(true);
    expect(readFileSync(path.join(folder, "running_log.txt"), "utf8")).toContain("Training stopped at step");
  });

  it("keeps the last good checkpoint when killed while it writes one, and resumes from it exactly", async () => {
    const [whole, killed] = [await temporaryFolder(), await temporaryFolder()];
    const args = (folder: string) => ({ ...tinyArguments("full", folder), save_steps: 1 });
    expect((await train(args(whole)).ended).code).toBe(0);

    const { child, ended } = train(args(killed));
    await until(() => existsSync(path.join(killed, ".checkpoint-3.partial")) || child.exitCode !== null);
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    expect(readFileSync(path.join(killed, "trainer_log.jsonl"), "utf8")).toMatch(/^(\{.+\}\n)+$/);

    expect((await train(args(killed)).ended).code).toBe(0);
    expect(readdirSync(killed).filter((name) => name.endsWith(".partial"))).toEqual([]);
    const [expected, actual] = [lossBySteps(whole), lossBySteps(killed)];
    expect(actual.size).toBe(expected.size);
    for (const [step, loss] of expected) expect(actual.get(step)).toBeCloseTo(loss, 6);
  });

  it("ends with one line on stderr and exit code 1 where the arguments are wrong", async () => {
    const { code, output } = await start(["train", "nowhere.yaml"]).ended;
    expect(code).toBe(1);
    expect(output).toBe(
      "Error: nowhere.yaml does not exist. Give the path of a YAML file with the training arguments.\n",
    );
  });

  it("prints its version, and what a bug report needs", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect((await start(["version"]).ended).output).toBe(`${version}\n`);
    expect((await start(["env"]).ended).output).toMatch(
      /- Node version: .+\n[^]*- Executor onnx: onnxruntime/,
    );
  });
});
