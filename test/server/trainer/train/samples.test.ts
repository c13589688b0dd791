import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseSamples, parseSamplePrompts, type Sample } from "@/server/contract/samples";
import { lossBySteps, runTiny, temporaryFolder, tinyArguments } from "./tiny-run";

const PROMPTS = JSON.stringify([
  "Say something.",
  {
    id: "named",
    messages: [
      { role: "system", content: "Be short." },
      { role: "user", content: "And you?" },
    ],
  },
]);

function sampled(folder: string): Sample[] {
  return parseSamples(readFileSync(path.join(folder, "samples.jsonl"), "utf8"));
}
const places = (samples: readonly Sample[]) => samples.map(({ step, prompt }) => `${step} ${prompt}`);
const argumentsFor = (folder: string, method: "lora" | "full" = "lora") => ({
  ...tinyArguments(method, folder),
  ...{ sample_prompts: PROMPTS, sample_max_new_tokens: 5, learning_rate: 0.01 },
});

describe("a run with sample_prompts", () => {
  it("answers them at step 0, at every checkpoint and at the end, and trains as it would without", async () => {
    const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
    const args = argumentsFor(folder);
    expect(await runTiny({ ...args, save_steps: 4 })).toMatchObject({ code: 0, errors: "" });
    const samples = sampled(folder);
    expect(places(samples)).toEqual(["0 1", "0 named", "4 1", "4 named", "6 1", "6 named"]);
    expect(samples[1]!.messages[0]).toEqual({ role: "system", content: "Be short." });
    for (const { tokens, seconds, ended } of samples) {
      expect(tokens).toBeGreaterThan(0);
      expect(tokens === 5 || ended).toBe(true);
      expect(seconds).toBeGreaterThan(0);
    }
    expect(samples[4]!.answer).not.toBe(samples[0]!.answer);

    const { sample_prompts: _, ...without } = args;
    await runTiny({ ...without, output_dir: other, save_steps: 4 });
    expect(lossBySteps(folder)).toEqual(lossBySteps(other));
    expect(existsSync(path.join(other, "samples.jsonl"))).toBe(false);
  });

  it("goes on from a checkpoint without asking twice, and begins anew where told to", async () => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    await runTiny(argumentsFor(whole, "full"));
    expect((await runTiny(argumentsFor(parts, "full"), 3)).output).toContain("Training stopped at step 3");
    expect(places(sampled(parts))).toEqual(["0 1", "0 named", "2 1", "2 named"]);
    await runTiny(argumentsFor(parts, "full"));
    const answers = (folder: string) =>
      sampled(folder)
        .filter(({ step }) => step % 2 === 0)
        .map(({ answer }) => answer);
    expect(answers(parts)).toEqual(answers(whole));
    expect(places(sampled(parts))).toContain("3 named");
    const lines = readFileSync(path.join(parts, "samples.jsonl"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(sampled(parts).length);

    const anew = { ...argumentsFor(parts, "full"), overwrite_output_dir: true, max_steps: 2 };
    expect((await runTiny(anew)).output).toContain("overwritten: trainer_log.jsonl, samples.jsonl");
    expect(places(sampled(parts))).toEqual(["0 1", "0 named", "2 1", "2 named"]);
  });

  it("goes on with a text in pretraining, read from a file of lines", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "prompts.jsonl");
    writeFileSync(file, '"Once upon"\n\n{"prompt": "There was", "id": 7}\n');
    const out = path.join(folder, "out");
    const args = { ...argumentsFor(out), stage: "pt", cutoff_len: 16, max_steps: 1, sample_prompts: file };
    expect(await runTiny(args)).toMatchObject({ code: 0, errors: "" });
    expect(places(sampled(out))).toEqual(["0 1", "0 7", "1 1", "1 7"]);
  });

  it("trains on where a question cannot be answered, and says why", async () => {
    const folder = await temporaryFolder();
    const long = JSON.stringify(["word ".repeat(3000)]);
    const run = await runTiny({ ...argumentsFor(folder), sample_prompts: long, max_steps: 2 });
    expect(run.code).toBe(0);
    expect(run.output).toMatch(/sample_prompts: prompt "1" has \d+ tokens, and the model's context is \d+/);
    expect(sampled(folder)).toEqual([]);
  });

  it.each([
    ["[]", /sample_prompts: the list: it holds no prompt/],
    ['[{"question": "?"}]', /the list: entry 1 is not a prompt/],
    ['["a", {"id": "1", "prompt": "b"}]', /two prompts have the id "1"/],
    ['[[{"role": "assistant", "content": "a"}]]', /prompt "1" has a message of the assistant out of turn/],
    ['[[{"role": "system", "content": "a"}]]', /must end with a message of the user/],
    ["nowhere.json", /sample_prompts: nowhere\.json: the file cannot be read/],
  ])("names what is wrong with %s before anything is loaded", async (sample_prompts, message) => {
    const folder = await temporaryFolder();
    const { code, errors } = await runTiny({ ...argumentsFor(folder), sample_prompts });
    expect(code).toBe(1);
    expect(errors).toMatch(message);
  });
});

describe("samples.jsonl", () => {
  const line = (step: number, prompt: string, answer: string) =>
    JSON.stringify({ step, prompt, messages: [], answer, tokens: 1, seconds: 0.1, ended: true });

  it("is read by step, the last line of a prompt and a step counting, half lines left out", () => {
    const text = [
      line(0, "b", "x"),
      line(0, "a", "y"),
      line(4, "a", "old"),
      line(2, "a", "z"),
      line(4, "a", "new"),
      '{"st',
    ].join("\n");
    expect(parseSamples(text).map(({ step, prompt, answer }) => [step, prompt, answer])).toEqual([
      [0, "b", "x"],
      [0, "a", "y"],
      [2, "a", "z"],
      [4, "a", "new"],
    ]);
  });

  it("calls prompts without a name by their place", () => {
    const prompts = parseSamplePrompts(["a", { id: 5, prompt: "b" }, [{ role: "user", content: "c" }]]);
    expect(prompts.map(({ id }) => id)).toEqual(["1", "5", "3"]);
  });
});
