import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { streamChunks } from "./stream-chunks";

const RUN = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2");

/** The verb as a program of its own, bundled as `npm start` bundles it. */
describe("tuneboard api and chat", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-api-"));
    await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"), "junction");
    const entry = (verb: string, file: string) =>
      `import { ${verb} } from ${JSON.stringify(path.resolve("server/trainer/api", file))};
       ${verb}(process.argv.slice(2)).catch((error) => { console.error(error.message); process.exitCode = 1; });`;
    await writeFile(path.join(folder, "api.ts"), entry("runApi", "api-command"));
    await writeFile(path.join(folder, "chat.ts"), entry("runChat", "terminal-chat"));
    await build({
      entryPoints: [
        path.join(folder, "api.ts"),
        path.join(folder, "chat.ts"),
        "server/trainer/api/inference-worker.ts",
      ],
      outdir: folder,
      entryNames: "[name]",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      packages: "external",
      platform: "node",
      format: "esm",
      tsconfig: "tsconfig.json",
    });
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function start(verb: "api" | "chat", words: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [path.join(folder, `${verb}.mjs`), ...words], {
      env: { ...process.env, API_PORT: "0", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    children.push(child);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const nextLine = async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
    return { child, output, nextLine };
  }
  const model = `model_name_or_path=${path.join(RUN, "model")}`;

  it("says where it listens, then that it is ready, answers, and ends at SIGTERM", async () => {
    const { child, nextLine } = start("api", [
      model,
      `adapter_name_or_path=${path.join(RUN, "adapter")}`,
      "template=deepseekr1",
    ]);
    const listening = await nextLine();
    expect(listening).toMatchObject({ host: "127.0.0.1", models: ["base", "adapter"] });
    expect(listening["listening"]).toBe(`http://127.0.0.1:${String(listening["port"])}`);
    expect(await nextLine()).toMatchObject({ weights: "float32 weights", context_length: 1024 });
    const reply = await fetch(`${String(listening["listening"])}/v1/chat/completions`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        model: "adapter",
        messages: [{ role: "user", content: "Hi" }],
        max_tokens: 4,
        stream: true,
      }),
    });
    expect((await streamChunks(reply)).at(-1).usage.completion_tokens).toBeLessThanOrEqual(4);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("ends with one clear line where the model is not there", async () => {
    const { child, output } = start("api", [`model_name_or_path=${path.join(RUN, "missing")}`]);
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(1);
    expect(output.stderr.trim().split("\n")).toHaveLength(1);
    expect(output.stderr).toMatch(/missing is not a folder on this machine/);
  });

  it("names a port that is taken and the way out", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { child, output } = start("api", [model], { API_PORT: String(port) });
    const [code] = (await once(child, "exit")) as [number];
    other.close();
    expect(code).toBe(1);
    expect(output.stderr).toContain(`Port ${port} on 127.0.0.1 is taken. Set API_PORT`);
  });

  it("chats in the terminal until exit", async () => {
    const { child, output } = start("chat", [
      model,
      "template=deepseekr1",
      "max_new_tokens=5",
      "do_sample=false",
    ]);
    child.stdin.write("Hello\nclear\nHello\nexit\n");
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    const answers = [...output.stdout.matchAll(/Assistant: (.*)/g)].map(([, text]) => text);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toBe(answers[1]);
    expect(output.stdout).toContain("forgotten");
  });
});
