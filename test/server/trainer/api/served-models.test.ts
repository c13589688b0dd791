import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServedModels } from "@/server/trainer/api/served-models";

describe("served models", () => {
  let home: string;
  const adapter = async (...parts: string[]) => {
    const folder = path.join(home, ...parts);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "adapter_config.json"), "{}");
    return folder;
  };
  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-served-"));
    await adapter("saves", "m", "lora", "first");
    await adapter("saves", "m", "lora", "first", "checkpoint-10");
    await adapter("saves", "m", "lora", "first", "checkpoint-9");
    await adapter("saves", "n", "lora", "first");
    await adapter("elsewhere", "secret");
    await mkdir(path.join(home, "saves", "empty"));
    await symlink(path.join(home, "elsewhere", "secret"), path.join(home, "saves", "link"), "junction");
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  const names = (served: ReturnType<typeof createServedModels>) => served.list().map(({ name }) => name);
  const saves = () => path.join(home, "saves");

  it("are the base alone without adapters", () => {
    const served = createServedModels({ adapters: [], roots: [] });
    expect(names(served)).toEqual(["base"]);
    expect(served.find("base")?.adapterPath).toBeNull();
  });

  it("take names from folders, checkpoints below their run, in order of steps", () => {
    const served = createServedModels({ adapters: [path.join(saves(), "m", "lora", "first")], roots: [] });
    expect(names(served)).toEqual(["base", "first", "first/checkpoint-9", "first/checkpoint-10"]);
    expect(served.find("first/checkpoint-9")?.adapterPath).toBe(
      path.join(saves(), "m", "lora", "first", "checkpoint-9"),
    );
  });

  it("tell folders of one name apart by the folders around them", () => {
    const adapters = ["m", "n"].map((model) => path.join(saves(), model, "lora", "first"));
    expect(names(createServedModels({ adapters, roots: [] }))).toContain("lora/first");
  });

  it("refuse a folder without an adapter, with the way out", () => {
    expect(() => createServedModels({ adapters: [path.join(saves(), "empty")], roots: [] })).toThrow(
      /holds no adapter.*LoRA run/,
    );
  });

  it("let adapters be added below the roots only, links followed", () => {
    const served = createServedModels({ adapters: [], roots: [saves()] });
    const folder = served.allowedAdapter(path.join(saves(), "m", "lora", "first"));
    expect(served.add("mine", folder).adapterPath).toBe(folder);
    expect(names(served)).toEqual(["base", "mine"]);
    for (const outside of [
      path.join(home, "elsewhere", "secret"),
      path.join(saves(), "link"),
      path.join(saves(), "..", "elsewhere", "secret"),
      path.join(home, "missing"),
    ]) {
      expect(() => served.allowedAdapter(outside)).toThrow(/not a folder below one of adapter_roots/);
    }
    expect(() => served.allowedAdapter(path.join(saves(), "empty"))).toThrow(/holds no adapter/);
  });

  it("let adapters come from anywhere where there are no bounds, and from nowhere with an empty list", () => {
    const secret = path.join(home, "elsewhere", "secret");
    expect(createServedModels({ adapters: [], roots: null }).allowedAdapter(secret)).toContain("secret");
    expect(() => createServedModels({ adapters: [], roots: [] }).allowedAdapter(secret)).toThrow(
      /none are set/,
    );
  });

  it("keep the base's name for the base", () => {
    expect(() => createServedModels({ adapters: [], roots: null }).add("base", saves())).toThrow(
      /base model's own name/,
    );
  });
});
