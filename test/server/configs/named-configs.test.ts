/** Configurations that are kept under a name. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { NamedConfigs } from "@/server/configs/named-configs";

let home: string;
let configs: NamedConfigs;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-configs-"));
  configs = new NamedConfigs(home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("NamedConfigs", () => {
  it("keeps a configuration as a YAML that can be trained with, without its secrets", async () => {
    await configs.save("My first 配置", {
      learning_rate: 1e-4,
      dataset: "identity",
      hf_hub_token: "hf_x",
      odd: [1],
    });
    const text = readFileSync(path.join(home, "configs", "My first 配置.yaml"), "utf8");
    expect(parse(text)).toEqual({ learning_rate: 1e-4, dataset: "identity", odd: [1] });
    expect(await configs.read("saved", "My first 配置")).toBe(text);
  });

  it("lists its own and LLaMA Board's, newest first, and nothing where there is nothing", async () => {
    expect(await configs.list()).toEqual([]);
    mkdirSync(path.join(home, "llamaboard_config"));
    writeFileSync(path.join(home, "llamaboard_config", "2026-11-24.yaml"), "train.seed: 42\n");
    writeFileSync(path.join(home, "llamaboard_config", "notes.txt"), "");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await configs.save("mine", { seed: 1 });
    expect((await configs.list()).map(({ source, name }) => [source, name])).toEqual([
      ["saved", "mine"],
      ["board", "2026-11-24"],
    ]);
  });

  it("replaces and forgets", async () => {
    await configs.save("mine", { seed: 1 });
    await configs.save("mine", { seed: 2 });
    expect(await configs.read("saved", "mine")).toBe("seed: 2\n");
    await configs.remove("mine");
    expect(existsSync(path.join(home, "configs", "mine.yaml"))).toBe(false);
    await expect(configs.remove("mine")).rejects.toThrow(/no saved settings called mine/);
    await expect(configs.read("saved", "mine")).rejects.toThrow(/no saved settings called mine/);
  });

  it.each(["../x", "a/b", ".hidden", "", "a".repeat(81), "ends."])(
    "does not take %j for a name",
    async (name) => {
      await expect(configs.save(name, { seed: 1 })).rejects.toThrow(/letters/);
      await expect(configs.read("board", name)).rejects.toThrow(/letters/);
    },
  );
});
