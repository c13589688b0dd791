import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openSafetensors } from "@/server/trainer/checkpoint/safetensors";
import {
  advantagesOf,
  nextKlCoefficient,
  proximalLoss,
  tokenRewards,
} from "@/server/trainer/losses/proximal-policy";
import { goldenRoot, unsupported } from "./golden-root";

/** README: 1e-5 relative, of values and gradients. */
function expectClose(actual: readonly number[], expected: readonly number[], what: string): void {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs), 1e-30);
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)), 0);
  expect(worst / scale, what).toBeLessThanOrEqual(1e-5);
}

interface PpoFile {
  cases: {
    case: string;
    config: { whiten_rewards: boolean };
    kl_coef: number;
    policy_loss: number;
    value_loss_times_vf_coef: number;
  }[];
  adaptive_kl: {
    init_kl_coef: number;
    target: number;
    steps: { mean_kl: number; n_steps: number; kl_coef: number }[];
  };
}

/** Tensors [rows, T] of a file, cut to the tokens that the mask names. */
async function maskedRows(name: string) {
  const shared = await openSafetensors(path.join(goldenRoot, "losses", "ppo_plain.safetensors"));
  const own = await openSafetensors(path.join(goldenRoot, "losses", `ppo_${name}.safetensors`));
  const mask = [...(await shared.read("mask"))];
  const T = shared.tensors.get("mask")!.shape[1]!;
  const read = async (tensor: string) => [...(await (own.tensors.has(tensor) ? own : shared).read(tensor))];
  const rows = async (tensor: string) => {
    const values = await read(tensor);
    return Array.from({ length: values.length / T }, (_, row) =>
      values.slice(row * T, (row + 1) * T).filter((_, t) => mask[row * T + t] === 1),
    );
  };
  const padding = Array.from({ length: mask.length / T }, (_, row) => {
    const columns = mask.slice(row * T, (row + 1) * T);
    return T - 1 - columns.lastIndexOf(1);
  });
  const close = async () => {
    await shared.close();
    await own.close();
  };
  return { read, rows, padding, close };
}

describe("proximal policy optimisation", () => {
  const json = path.join(goldenRoot, "losses", "ppo.json");
  if (!existsSync(json)) {
    unsupported("ppo.json", "the golden folder does not hold it");
    return;
  }
  const file = JSON.parse(readFileSync(json, "utf8")) as PpoFile;

  it.each(file.cases)("$case: rewards, advantages, losses and gradients", async (test) => {
    const { read, rows, padding, close } = await maskedRows(test.case);
    const [oldLogps, oldValues] = [await rows("old_logprobs"), await rows("values")];
    const rewards = tokenRewards(
      {
        logps: oldLogps,
        referenceLogps: await rows("ref_logprobs"),
        scores: await read("scores"),
      },
      { klCoefficient: test.kl_coef },
    );
    expectClose(rewards.flat(), (await rows("rewards")).flat(), "rewards");
    const { advantages, returns } = advantagesOf(
      { values: oldValues, rewards, padding },
      { whitenRewards: test.config.whiten_rewards },
    );
    expectClose(advantages.flat(), (await rows("advantages")).flat(), "advantages");
    expectClose(returns.flat(), (await rows("returns")).flat(), "returns");
    const result = proximalLoss({
      logps: (await rows("new_logprobs")).flat(),
      values: (await rows("vpreds")).flat(),
      oldLogps: oldLogps.flat(),
      oldValues: oldValues.flat(),
      advantages: advantages.flat(),
      returns: returns.flat(),
    });
    expectClose([result.policyLoss], [test.policy_loss], "policy loss");
    expectClose([result.valueLoss], [test.value_loss_times_vf_coef], "value loss");
    expectClose(result.logpGradients, (await rows("grad_logprobs")).flat(), "grad_logprobs");
    expectClose(result.valueGradients, (await rows("grad_vpreds")).flat(), "grad_vpreds");
    await close();
  });

  it("adapts the price of divergence", () => {
    const { init_kl_coef, target, steps } = file.adaptive_kl;
    let coefficient = init_kl_coef;
    for (const { mean_kl, n_steps, kl_coef } of steps) {
      coefficient = nextKlCoefficient(coefficient, { divergence: mean_kl, target, answers: n_steps });
      expect(coefficient).toBeCloseTo(kl_coef, 12);
    }
  });
});
