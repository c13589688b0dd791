import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { KvCache } from "@/server/trainer/generate/kv-cache";
import { FIRST_MOMENTS, normalised, withScores } from "@/server/trainer/losses/running-moments";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";
import { answerPositions } from "@/server/trainer/stages/proximal-policy";
import { sampleAnswers } from "@/server/trainer/stages/sample-answers";
import { logLines, lossBySteps, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";
import { preferenceData } from "./preference-data";

const succeeded = { code: 0, errors: "" };

/** A reward model of one step: its preferences are whatever they are. */
async function rewardModel(method: "lora" | "full"): Promise<string> {
  const folder = await temporaryFolder();
  const args = { ...tinyArguments(method, folder), stage: "rm", dataset: "pairs", max_steps: 1 };
  expect(await runTiny({ ...args, dataset_dir: await preferenceData(), save_strategy: "no" })).toMatchObject(
    succeeded,
  );
  return folder;
}

function policyArguments(folder: string, reward_model: string, method: "lora" | "full" = "lora") {
  return {
    ...tinyArguments(method, folder),
    ...{ stage: "ppo", reward_model, reward_model_type: method, lora_dropout: 0, max_new_tokens: 6 },
    ...{ per_device_train_batch_size: 4, gradient_accumulation_steps: 2, learning_rate: 1e-3 },
    ...{ lr_scheduler_type: "constant", max_steps: 5, top_p: 1, top_k: 0, temperature: 1, save_steps: 2 },
  };
}

describe("stage ppo", () => {
  it("makes answers that the reward model likes likelier", async () => {
    const folder = await temporaryFolder();
    const args = policyArguments(folder, await rewardModel("lora"));
    // One token out of four: what is liked is soon found.
    const easy = { max_new_tokens: 1, top_k: 4, per_device_train_batch_size: 8 };
    const longer = {
      ...easy,
      gradient_accumulation_steps: 1,
      max_steps: 20,
      learning_rate: 3e-3,
      save_strategy: "no",
    };
    expect(await runTiny({ ...args, ...longer })).toMatchObject(succeeded);
    const rewards = logLines(folder).flatMap(({ reward }) => (reward === undefined ? [] : [Number(reward)]));
    expect(rewards).toHaveLength(20);
    const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(meanOf(rewards.slice(-6))).toBeGreaterThan(meanOf(rewards.slice(0, 4)) + 0.15);
    expect(Object.keys(logLines(folder)[0]!).slice(2, 5)).toEqual(["loss", "reward", "lr"]);
  });

  it("goes on from a checkpoint as if it had not stopped: answers, price and value head", async () => {
    const reward = await rewardModel("lora");
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    expect(await runTiny(policyArguments(whole, reward))).toMatchObject(succeeded);
    expect((await runTiny(policyArguments(parts, reward), 3)).code).toBe(0);
    expect(existsSync(path.join(parts, "checkpoint-3", "value_head.safetensors"))).toBe(true);
    const state = readFileSync(path.join(parts, "checkpoint-3", "trainer_state.json"), "utf8");
    expect(state).toContain("klCoefficient");
    expect(await runTiny(policyArguments(parts, reward))).toMatchObject(succeeded);
    expect(lossBySteps(parts)).toEqual(lossBySteps(whole));
  });

  it("trains a whole model with a whole reward model beside it", async () => {
    const folder = await temporaryFolder();
    const args = policyArguments(folder, await rewardModel("full"), "full");
    const run = await runTiny({ ...args, max_steps: 2, ppo_whiten_rewards: true, save_strategy: "no" });
    expect(run).toMatchObject(succeeded);
    expect(run.output).toContain("Loaded reward model from");
    expect([...lossBySteps(folder).values()].every(Number.isFinite)).toBe(true);
  });

  it("names what is missing: a reward model, its value head", async () => {
    const folder = await temporaryFolder();
    const { reward_model: _, ...without } = policyArguments(folder, "");
    expect((await runTiny(without)).errors).toContain("Stage ppo needs a reward model");
    const other = await runTiny(policyArguments(folder, path.join(folder, "nothing")));
    expect(other.errors).toMatch(/reward_model: .*nothing holds no value_head\.safetensors/);
  });
});

describe("sampleAnswers", () => {
  /** Says 5, then 6, then 7 … after any token; keeps count of the tokens that it computes. */
  function counter(dividesPrompts = true) {
    const fed: number[][] = [];
    const decoder = {
      ...{ contextLength: 8, dividesPrompts },
      newCache: () => new KvCache({ layers: 0, kvHeads: 0, headDim: 0, contextLength: 8 }),
      extend(cache: KvCache, ids: readonly number[]) {
        cache.ids.push(...ids);
        fed.push([...ids]);
        return Promise.resolve(Float32Array.from({ length: 10 }, (_, i) => (i === ids.at(-1)! + 1 ? 9 : 0)));
      },
    };
    return { decoder, adapter: null, fed };
  }
  const options = {
    sampling: { temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1 },
    ...{ seed: 1, maxNewTokens: 4, stopIds: new Set([7]), signal: new AbortController().signal },
  };
  const prompts = [Int32Array.from([1, 1, 5]), Int32Array.from([1, 1, 1, 2])];

  it("goes on from every prompt's own end, up to a stop token, the limit or the context's end", async () => {
    const answers = await sampleAnswers(
      counter(),
      [...prompts, Int32Array.from([1, 1, 1, 1, 1, 0])],
      options,
    );
    expect(answers.map((ids) => [...ids])).toEqual([
      [6, 7],
      [3, 4, 5, 6],
      [1, 2],
    ]);
  });

  it("computes what prompts have in common once, unless the model's positions forbid it", async () => {
    const divided = counter();
    await sampleAnswers(divided, prompts, { ...options, maxNewTokens: 1 });
    expect(divided.fed).toEqual([
      [1, 1, 5],
      [1, 2],
    ]);
    const whole = counter(false);
    await sampleAnswers(whole, prompts, { ...options, maxNewTokens: 1 });
    expect(whole.fed).toEqual([
      [1, 1, 5],
      [1, 1, 1, 2],
    ]);
  });

  it("looks at the states that foretell an answer's tokens", () => {
    const labels = Int32Array.from([-100, -100, 6, 7, -100, 3, -100, -100]);
    expect([...answerPositions({ rows: 2, length: 4, labels } as TokenBatch)]).toEqual([1, 2, 4]);
  });
});

describe("scores that are normalised", () => {
  // Expected values: trl 0.9.6's RunningMoments over [1, 2, 4], then [0, 10].
  it("stand to all scores so far", () => {
    const first = withScores(FIRST_MOMENTS, [1, 2, 4]);
    expect(first.scoreMean).toBeCloseTo(7 / 3, 12);
    expect(first.scoreDeviation).toBeCloseTo(Math.sqrt(7 / 3), 12);
    const second = withScores(first, [0, 10]);
    expect(second.scoreMean).toBeCloseTo(3.4, 12);
    expect(second.scoreDeviation).toBeCloseTo(Math.sqrt(15.8), 12);
    expect(normalised(3.4, second)).toBeCloseTo(0, 12);
    expect(normalised(10, second)).toBeCloseTo(6.6 / Math.sqrt(15.8), 6);
  });
});
