import { describe, expect, it } from "vitest";
import { parseTrainConfig } from "@/server/contract/train-config";
import { plainExample, type EncodedExample } from "@/server/trainer/data/encoded-example";
import { collate } from "@/server/trainer/data/batches";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";
import { vocabularyCheck } from "@/server/trainer/stages/check-vocabulary";
import { mayRegroup, stackStep } from "@/server/trainer/stages/language-modelling";
import { rowAccuracy, withAccuracy } from "@/server/trainer/stages/token-accuracy";
import { meansOf } from "@/server/trainer/stages/stage";
import { dynamicTokenStage, smoothedTokenStage } from "@/server/trainer/stages/token-losses";
import { tokenStage } from "@/server/trainer/stages/token-stage";
import type { Template } from "@/server/trainer/tokenizer/templates/template";

const batch: TokenBatch = {
  rows: 2,
  length: 4,
  inputIds: Int32Array.from([1, 2, 3, 4, 5, 6, 0, 0]),
  labels: Int32Array.from([7, -100, 3, 4, -100, 6, -100, -100]),
  attentionMask: Int32Array.from([1, 1, 1, 1, 2, 2, 0, 0]),
  positionIds: null,
};
const unlabelled = { ...batch, labels: new Int32Array(8).fill(-100) };

describe("tokenStage", () => {
  const asked: { denominator: number; dropoutSeed: number }[] = [];
  const stage = tokenStage({
    accumulateGradients: (_, options) => {
      asked.push(options);
      return Promise.resolve(2.5);
    },
    evaluate: () => Promise.resolve({ lossSum: 12, labelTokens: 3 }),
  });

  it("counts labels as transformers does, a row's first one too, and tokens with and without padding", () => {
    expect(stage.itemsIn(batch)).toBe(4);
    expect(stage.itemsIn({ ...batch, labels: batch.inputIds })).toBe(batch.inputIds.length);
    expect(stage.tokensIn(batch)).toEqual({ all: 8, real: 6 });
  });

  it("divides by the labels of the whole step", async () => {
    const context = { itemsInStep: 40, batchesInStep: 4, dropoutSeed: 9 };
    expect(await stage.accumulate(batch, context)).toEqual({ loss: 2.5 });
    expect(asked).toEqual([{ denominator: 40, dropoutSeed: 9 }]);
  });

  it("takes a batch without labels for what it is: no loss, not a division by zero", async () => {
    const context = { itemsInStep: 0, batchesInStep: 1, dropoutSeed: 9 };
    expect(await stage.accumulate(unlabelled, context)).toEqual({ loss: 0 });
    expect(await stage.evaluate(unlabelled)).toEqual({ loss: null, rows: 2 });
    expect(await stage.evaluate(batch)).toEqual({ loss: 3, rows: 2 });
  });
});

describe("smoothedTokenStage", () => {
  it("adds up the means of micro-batches, as transformers does under accumulation", async () => {
    let gradient = new Float32Array(0);
    const unused = () => Promise.reject(new Error("not this one"));
    const stage = smoothedTokenStage(
      {
        accumulateGradients: unused,
        evaluate: unused,
        labelLogits: unused,
        async accumulateLogits(_, { derive }) {
          gradient = (await derive(new Float32Array(6), 0, 3)) as Float32Array<ArrayBuffer>;
        },
      },
      0.2,
    );
    const given = { rows: 1, length: 4, positionIds: null, attentionMask: Int32Array.of(1, 1, 1, 1) };
    const labelled = { ...given, inputIds: Int32Array.of(0, 1, 0, 1), labels: Int32Array.of(0, 1, 0, 1) };
    const { loss } = await stage.accumulate(labelled, { itemsInStep: 12, batchesInStep: 4, dropoutSeed: 1 });
    expect(loss).toBeCloseTo(Math.log(2), 6);
    expect(gradient[1]).toBeCloseTo((0.5 - 0.9) / 3, 6);
  });
});

describe("meansOf", () => {
  it("averages tallies and adds up those that the stage logs as sums", () => {
    const tallies = { kl: { sum: 6, count: 3 }, reward: { sum: 6, count: 3 } };
    expect(meansOf(tallies, { summedMetrics: ["kl"] })).toEqual({ kl: 6, reward: 2 });
  });
});

describe("stackStep", () => {
  const rows = [3, 9, 1, 8, 2].map((length) => {
    const ids = new Array<number>(length).fill(1);
    return plainExample(ids, ids);
  });
  const stacking = {
    size: 2,
    stack: (some: readonly EncodedExample[]) => collate(some, { padId: 0, multipleOf: 1 }),
    tokensIn: (some: TokenBatch) => ({
      all: some.inputIds.length,
      real: some.attentionMask.filter(Boolean).length,
    }),
  };
  const lengths = ({ batches }: { batches: readonly TokenBatch[] }) =>
    batches.map(({ rows: count, length }) => [count, length]);

  it("puts rows of like length together, the longest first, and counts the padding of the rows as they came", () => {
    const step = stackStep(rows, { ...stacking, regroups: true });
    expect(lengths(step)).toEqual([
      [2, 9],
      [2, 3],
      [1, 1],
    ]);
    expect(step.tokens).toEqual({ all: 2 * 9 + 2 * 8 + 2, real: 23 });
  });

  it("leaves the rows as they came where a row's loss depends on what stands beside it", () => {
    expect(lengths(stackStep(rows, { ...stacking, regroups: false }))).toEqual([
      [2, 9],
      [2, 8],
      [1, 2],
    ]);
  });

  it("regroups no noise that shrinks with the length, smoothed labels, labels on padding, or rope that stretches", () => {
    const allows = (args: object, hfConfig: Record<string, unknown> = {}) =>
      mayRegroup(parseTrainConfig({ model_name_or_path: "m", ...args }).config!, { hfConfig });
    expect(allows({})).toBe(true);
    expect(allows({ neftune_noise_alpha: 5 })).toBe(false);
    expect(allows({ label_smoothing_factor: 0.1 })).toBe(false);
    expect(allows({ ignore_pad_token_for_loss: false })).toBe(false);
    expect(allows({}, { rope_parameters: { rope_type: "yarn", factor: 2 } })).toBe(true);
    expect(allows({}, { rope_scaling: { type: "longrope" } })).toBe(false);
    expect(allows({}, { rope_parameters: { full_attention: { rope_type: "dynamic" } } })).toBe(false);
  });
});

describe("dynamicTokenStage", () => {
  it("weighs each label by its probability, over the labels of the whole step", async () => {
    const losses = Float32Array.from([0.5, 2, 0]);
    let weights = new Float32Array(0);
    const stage = dynamicTokenStage({
      accumulateGradients: () => Promise.reject(new Error("not this one")),
      accumulateWeighted(_, { weigh }) {
        weights = weigh(losses) as Float32Array<ArrayBuffer>;
        return Promise.resolve(new Float32Array(0));
      },
      evaluate: () => Promise.reject(new Error("not the plain loss")),
      labelLosses: () => Promise.resolve(losses),
    });
    const { loss } = await stage.accumulate(batch, { itemsInStep: 10, batchesInStep: 2, dropoutSeed: 1 });
    const probabilities = [Math.exp(-0.5), Math.exp(-2), 1];
    probabilities.forEach((probability, i) => expect(weights[i]).toBeCloseTo(probability / 10, 6));
    const weighed = 0.5 * probabilities[0]! + 2 * probabilities[1]!;
    expect(loss).toBeCloseTo(weighed / 10, 6);
    expect((await stage.evaluate(batch)).loss).toBeCloseTo(weighed / 4, 6);
  });
});

describe("withAccuracy", () => {
  it("tells the mean over rows of how many labels were the likeliest token, and the plain loss", async () => {
    const stage = tokenStage({
      accumulateGradients: () => Promise.resolve(0),
      evaluate: () => Promise.reject(new Error("one forward pass is enough")),
    });
    // Three labels (3, 4 in the first row, 6 in the second) over eight tokens.
    const best = [3, 5, 6];
    const rows = (start: number, count: number) =>
      Promise.resolve(
        Float32Array.from({ length: count * 8 }, (_, i) =>
          i % 8 === best[start + Math.floor(i / 8)]! ? Math.log(9) : 0,
        ),
      );
    const labelLogits = () => Promise.resolve({ labels: Int32Array.from([3, 4, 6]), rows });
    const judged = withAccuracy(stage, { labelLogits }, { plain: true });
    const { loss, metrics } = await judged.evaluate(batch);
    expect(loss).toBeCloseTo((2 * Math.log(16 / 9) + Math.log(16)) / 4, 6);
    expect(metrics).toEqual({ accuracy: { sum: 1.5, count: 2 } });
  });

  it("leaves out rows without labels", () => {
    expect(rowAccuracy([2, 0, 1], [true, false, true])).toEqual({ sum: 1.5, count: 2 });
  });
});

describe("vocabularyCheck", () => {
  const { config } = parseTrainConfig({ model_name_or_path: "models/tiny", template: "llama3" });
  const warnings: string[] = [];
  const names: Record<number, string> = { 8: "<|eot_id|>" };
  const tokenizer = {
    newTokens: ["<|eot_id|>"],
    tokenToId: () => 8,
    idToToken: (id: number) => names[id],
  };
  const context = {
    config: config!,
    template: { name: "llama3", tokenizer } as unknown as Template,
    log: { info: () => undefined, warn: (message: string) => void warnings.push(message) },
  };

  it("names a token that the model has no embedding for, and the template that brought it", () => {
    expect(() =>
      vocabularyCheck(context, { hfConfig: { vocab_size: 8 } })([plainExample([1, 8], [1, 8])]),
    ).toThrow(
      "template: llama3 uses the token <|eot_id|>, which models/tiny has no embedding for. Choose the template that belongs to the model.",
    );
  });

  it("warns once where a new token takes an unused row, and only if the data has it", () => {
    const check = vocabularyCheck(context, { hfConfig: { vocab_size: 16 } });
    check([plainExample([1, 2], [1, 2])]);
    expect(warnings).toEqual([]);
    check([plainExample([1, 8], [1, 8])]);
    check([plainExample([1, 8], [1, 8])]);
    expect(warnings).toEqual([expect.stringContaining("<|eot_id|>")]);
  });
});
