/** Adapters, linked folders and deleting: what is listed, and that nothing outside of models/ ever goes. */
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { knownTemplate, searchKnownModels } from "@/server/models/known-models";
import { licenseOfCard } from "@/server/models/model-card";
import { Models } from "@/server/models/models";

let home: string;
let needed: string | null;
let models: Models;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-folders-"));
  needed = null;
  models = new Models({
    home,
    runFolders: () => [],
    runAdapters: () => [{ id: "r1", name: "first", folder: path.join(home, "saves", "first") }],
    neededBy: () => needed,
  });
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function write(where: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(home, where);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}
const adapter = {
  "adapter_config.json": JSON.stringify({
    peft_type: "LORA",
    r: 8,
    base_model_name_or_path: "models/starter",
  }),
  "adapter_model.safetensors": "x".repeat(64),
};

describe("adapters", () => {
  it("are those of runs and those below models/, with rank and base", async () => {
    await write("saves/first", adapter);
    await write("models/org/tone", adapter);
    const facts = { kind: "LORA", rank: 8, base: "models/starter", bytes: 64 };
    expect(await models.adapters()).toEqual([
      { name: "org/tone", path: "models/org/tone", run_id: null, ...facts },
      { name: "first", path: "saves/first", run_id: "r1", ...facts },
    ]);
  });

  it("leave out folders that cannot be read", async () => {
    await write("saves/first", { "adapter_config.json": "{" });
    expect(await models.adapters()).toEqual([]);
  });
});

describe("a draft of a download", () => {
  it("is no model", async () => {
    await write("models/.downloads/model--org--half/files", { "config.json": "{}" });
    expect(await models.list()).toEqual([]);
  });
});

describe("a linked folder", () => {
  it("is listed, and only its link is deleted", async () => {
    const elsewhere = await write("elsewhere/mine", { "config.json": "{}" });
    expect((await models.link("elsewhere/mine")).path).toBe("models/mine");
    expect((await models.list()).map(({ name }) => name)).toEqual(["mine"]);
    expect(await models.remove("models/mine", { dry: false })).toMatchObject({ link: true });
    expect(await readdir(elsewhere)).toEqual(["config.json"]);
    expect(await models.list()).toEqual([]);
  });

  it("must be a model's, and its name free", async () => {
    await write("elsewhere/none", {});
    await expect(models.link("elsewhere/none")).rejects.toThrow(/no config\.json/);
    await write("elsewhere/mine", { "config.json": "{}" });
    await write("models/mine", { "config.json": "{}" });
    await expect(models.link("elsewhere/mine")).rejects.toThrow(/is there already/);
  });
});

describe("deleting", () => {
  it("names every file with its bytes first, and takes the organisation's empty folder along", async () => {
    await write("models/org/tiny", { "config.json": "{}", "model.safetensors": "12345" });
    const expected = {
      removed: [
        { name: "model.safetensors", bytes: 5 },
        { name: "config.json", bytes: 2 },
      ],
      link: false,
    };
    expect(await models.remove("models/org/tiny", { dry: true })).toEqual(expected);
    expect((await stat(path.join(home, "models/org/tiny"))).isDirectory()).toBe(true);
    expect(await models.remove("models/org/tiny", { dry: false })).toEqual(expected);
    expect(await readdir(path.join(home, "models"))).toEqual([]);
  });

  it.each([["../outside"], ["saves"], ["models"], ["models/../saves/first"]])("refuses %s", async (where) => {
    await write("saves/first", adapter);
    await write("models/x", { "config.json": "{}" });
    await expect(models.remove(where, { dry: false })).rejects.toThrow(/below models/);
    expect(await readdir(path.join(home, "saves", "first"))).toHaveLength(2);
  });

  it("refuses what lies behind a link on the way, the starter, and what a run needs", async () => {
    await write("elsewhere/tiny", { "config.json": "{}" });
    await mkdir(path.join(home, "models"), { recursive: true });
    await symlink(path.join(home, "elsewhere"), path.join(home, "models", "org"), "junction");
    await expect(models.remove("models/org/tiny", { dry: false })).rejects.toThrow(/leads out/);
    await write("models/starter", { "config.json": "{}" });
    await expect(models.remove("models/starter", { dry: false })).rejects.toThrow(/comes with the console/);
    await write("models/busy", { "config.json": "{}" });
    needed = "The run first needs it.";
    await expect(models.remove("models/busy", { dry: false })).rejects.toThrow(/first needs it/);
  });
});

describe("what is known beyond the folder", () => {
  it("is the license that the card names", () => {
    expect(licenseOfCard("---\nlicense: mit\n---\n# x")).toBe("mit");
    expect(licenseOfCard("---\nlicense: other\nlicense_name: qwen\n---\n")).toBe("qwen");
    expect(licenseOfCard("# no head")).toBeNull();
    expect(licenseOfCard("---\n: [\n---\n")).toBeNull();
  });

  it("is LLaMA-Factory's template for an id, on either hub, whatever its capitals", () => {
    expect(knownTemplate("Qwen/Qwen2.5-7B-Instruct")).toBe("qwen");
    expect(knownTemplate("llm-research/meta-llama-3-8b-instruct")).toBe("llama3");
    expect(knownTemplate("nobody/nothing")).toBeNull();
  });

  it("is a list to search by every word", () => {
    expect(searchKnownModels("qwen3 0.6b").map(({ huggingface }) => huggingface)).toContain(
      "Qwen/Qwen3-0.6B",
    );
    expect(searchKnownModels("qwen").length).toBe(12);
    expect(searchKnownModels(" ")).toEqual([]);
  });
});
