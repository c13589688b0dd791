import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openSafetensors } from "@/server/trainer/checkpoint/safetensors";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { preferenceLoss, type PreferenceLossType } from "@/server/trainer/losses/preference";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { labelCounts, labelWeights, rowLogps } from "@/server/trainer/stages/answer-logps";
import { goldenRoot, unsupported } from "./golden-root";

/** README: losses 1e-4, gradients 1e-4 relative, as for adapters. */
const RELATIVE = 1e-4;

interface EndToEnd {
  input_ids: number[][];
  attention_mask: number[][];
  labels: number[][];
  base: string;
  adapter: string;
  cases: {
    case: string;
    loss_type: PreferenceLossType;
    pref_beta: number;
    pref_ftx: number;
    simpo_gamma: number;
    policy_logps: number[];
    reference_logps: number[];
    valid_length: number[];
    loss: number;
    grad_norm: number;
  }[];
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual).toHaveLength(expected.length);
  const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = Array.from(expected).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - actual[i]!)),
    0,
  );
  expect(worst / scale, what).toBeLessThanOrEqual(RELATIVE);
}

describe("preference losses through a policy and its base", () => {
  const json = path.join(goldenRoot, "losses", "end_to_end.json");
  if (!existsSync(json)) {
    unsupported("end_to_end.json", "the golden folder does not hold it");
    return;
  }
  const file = JSON.parse(readFileSync(json, "utf8")) as EndToEnd;
  const rows = file.input_ids.length;
  const batch: TokenBatch = {
    rows,
    length: file.input_ids[0]!.length,
    inputIds: Int32Array.from(file.input_ids.flat()),
    labels: Int32Array.from(file.labels.flat()),
    attentionMask: Int32Array.from(file.attention_mask.flat()),
    positionIds: null,
  };
  const pairs = rows / 2;
  const halves = (values: readonly number[]) => [values.slice(0, pairs), values.slice(pairs)] as const;

  for (const test of file.cases) {
    it(test.case, async () => {
      const model = await loadTrainableModel({
        folder: path.join(goldenRoot, file.base),
        method: {
          ...{ kind: "lora", rank: 4, alpha: 8, dropout: 0, target: "all", initSeed: 0 },
          adapters: [path.join(goldenRoot, file.adapter)],
        },
        executor: await createExecutor("auto"),
      });
      const counts = labelCounts(batch);
      expect(counts).toEqual(test.valid_length);
      const reference = rowLogps(counts, await model.labelLosses(batch, "base"));
      expectNear(reference, test.reference_logps, "reference_logps");

      const [chosenLengths, rejectedLengths] = halves(counts);
      const [referenceChosen, referenceRejected] = halves(reference);
      let loss = NaN;
      let policy: number[] = [];
      await model.accumulateWeighted(batch, {
        weigh(losses) {
          policy = rowLogps(counts, losses);
          const [chosen, rejected] = halves(policy);
          const lengths = { chosenLengths, rejectedLengths };
          const result = preferenceLoss(
            { chosen, rejected, referenceChosen, referenceRejected, ...lengths },
            {
              type: test.loss_type,
              beta: test.pref_beta,
              ftx: test.pref_ftx,
              labelSmoothing: 0,
              simpoGamma: test.simpo_gamma,
            },
          );
          loss = result.loss;
          const gradients = [...result.chosenGradients, ...result.rejectedGradients];
          return labelWeights(counts, gradients, { share: 1 });
        },
        dropoutSeed: 0,
      });
      expectNear(policy, test.policy_logps, "policy_logps");
      expectNear([loss], [test.loss], "loss");
      const squares = model.parameters.map(({ grad }) => grad.reduce((sum, g) => sum + g * g, 0));
      expectNear([Math.sqrt(squares.reduce((sum, s) => sum + s, 0))], [test.grad_norm], "grad_norm");

      const tensors = await openSafetensors(json.replace(/\.json$/, ".safetensors"));
      const names = [...tensors.tensors.keys()].filter((name) => name.startsWith(`${test.case}:`));
      expect(names).not.toHaveLength(0);
      for (const name of names) {
        const parameter = model.parameters.find((one) => one.name === name.slice(test.case.length + 1));
        expectNear(parameter!.grad, await tensors.read(name), name);
      }
      await tensors.close();
      model.dispose();
    });
  }
});
