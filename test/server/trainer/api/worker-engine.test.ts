import { mkdtemp, rm, symlink } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatModelOptions } from "@/server/trainer/api/api-command";
import { readApiArguments } from "@/server/trainer/api/api-config";
import type { ChatEngine } from "@/server/trainer/api/chat-engine";
import { createServedModels } from "@/server/trainer/api/served-models";
import { createApiServer } from "@/server/trainer/api/server";
import { createWorkerEngine } from "@/server/trainer/api/worker-engine";
import type { ChatEvent } from "@/server/trainer/generate/chat-model";
import { GREEDY } from "@/server/trainer/generate/sampler";

const RUN = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2");
const request = (maxNewTokens: number, adapterPath: string | null = null) => ({
  source: { messages: [{ role: "user" as const, content: "Hello there" }] },
  adapterPath,
  sampling: GREEDY,
  maxNewTokens,
  stopStrings: [],
});
const never = new AbortController().signal;

describe("the engine in a worker thread", () => {
  let folder: string;
  let file: URL;
  let engine: ChatEngine;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-worker-"));
    await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"), "junction");
    const outfile = path.join(folder, "inference-worker.mjs");
    await build({
      entryPoints: ["server/trainer/api/inference-worker.ts"],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
    });
    file = pathToFileURL(outfile);
    engine = await openEngine(path.join(RUN, "model"));
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function openEngine(model: string) {
    const { config } = await readApiArguments([`model_name_or_path=${model}`, "template=deepseekr1"]);
    return createWorkerEngine({ ...chatModelOptions(config), threads: 1 }, file);
  }

  it("says what it has loaded", async () => {
    expect(await engine.ready).toMatchObject({ weights: "float32 weights", contextLength: 1024 });
  });

  it("passes on text and the end, for several answers at once", async () => {
    const ends = await Promise.all(
      [null, path.join(RUN, "adapter")].map(async (adapter) => {
        const kinds: string[] = [];
        for await (const event of engine.chat(request(6, adapter), never)) kinds.push(event.kind);
        return kinds.at(-1);
      }),
    );
    expect(ends).toEqual(["end", "end"]);
  });

  it("passes on errors with their codes", async () => {
    const failing = engine.chat(request(6, path.join(RUN, "nothing")), never);
    await expect(
      (async () => {
        for await (const _event of failing);
      })(),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(engine.loadAdapter(path.join(RUN, "nothing"))).rejects.toMatchObject({ code: "not_found" });
    await expect(engine.loadAdapter(path.join(RUN, "adapter"))).resolves.toBeUndefined();
  });

  it("stops an answer that is aborted", async () => {
    const controller = new AbortController();
    const ends: ChatEvent[] = [];
    for await (const event of engine.chat(request(900), controller.signal)) {
      if (event.kind === "text") controller.abort();
      else ends.push(event);
    }
    expect(ends).toMatchObject([{ kind: "end", reason: "cancelled" }]);
  });

  it("fails with the reason where the model cannot be opened", async () => {
    const broken = await openEngine(path.join(RUN, "data"));
    await expect(broken.ready).rejects.toThrow(/data/);
    await expect(
      (async () => {
        for await (const _event of broken.chat(request(2), never));
      })(),
    ).rejects.toThrow(/data/);
    await broken.close();
  });

  it("leaves HTTP free to answer while it generates", async () => {
    const { config } = await readApiArguments([`model_name_or_path=${RUN}/model`, "template=deepseekr1"]);
    const models = createServedModels({ adapters: [], roots: [] });
    const server = createApiServer({ engine, models, config, guard: { apiKey: null, loopbackOnly: true } });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const controller = new AbortController();
    const generating = (async () => {
      for await (const _event of engine.chat(request(900), controller.signal));
    })();
    const times: number[] = [];
    for (let i = 0; i < 10; i++) {
      const start = performance.now();
      await (await fetch(`${url}/v1/models`)).json();
      times.push(performance.now() - start);
    }
    controller.abort();
    await generating;
    server.closeAllConnections();
    server.close();
    // 50 ms on a quiet machine; this only tells blocked from free.
    expect(times.sort((a, b) => a - b)[5]).toBeLessThan(500);
  });
});
