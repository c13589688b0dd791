/** Prompt sets as files that a run's `sample_prompts` takes as they are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PromptSets } from "@/server/chat/prompt-sets";
import { savePromptSetSchema } from "@/server/contract/prompt-sets";
import { readSamplePrompts } from "@/server/trainer/train/sample-prompts";

let home: string;
let sets: PromptSets;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-prompts-"));
  sets = new PromptSets(home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("a prompt set", () => {
  it("is a file that a run can be given: the same questions in the same order", async () => {
    const { prompts } = savePromptSetSchema.parse({
      prompts: ["Who are you?", { prompt: "Two\nlines", id: "two" }, [{ role: "user", content: "Hi" }]],
    });
    const saved = await sets.save("身份.v1", prompts);
    expect(saved.path).toBe("prompts/身份.v1.json");
    const read = await readSamplePrompts({ sample_prompts: path.join(home, saved.path) });
    expect(read.map(({ id, messages }) => [id, messages.at(-1)!.content])).toEqual([
      ["1", "Who are you?"],
      ["two", "Two\nlines"],
      ["3", "Hi"],
    ]);
  });

  it("is listed, replaced and removed; a file that holds none says so", async () => {
    expect(await sets.list()).toEqual([]);
    await sets.save("a", ["One"]);
    await sets.save("a", ["One", "Two"]);
    mkdirSync(path.join(home, "prompts"), { recursive: true });
    writeFileSync(path.join(home, "prompts", "bad.json"), '{"prompts": 1}');
    const list = await sets.list();
    expect(list.find(({ name }) => name === "a")!.prompts).toEqual(["One", "Two"]);
    expect(list.find(({ name }) => name === "bad")!.problem).toMatch(/prompts\/bad\.json does not hold/);
    await sets.remove("a");
    await expect(sets.remove("a")).rejects.toThrow(/no prompts called a/);
  });

  it("has no name that is a path or that the form would take for several words", async () => {
    for (const name of ["../a", "a/b", "two words", ""])
      await expect(sets.save(name, ["x"])).rejects.toThrow(/prompt set's name/);
  });
});
