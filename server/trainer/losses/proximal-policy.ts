/**
 * Proximal policy optimisation (https://arxiv.org/abs/1707.06347) on answers, as trl 0.9.6 does it for LLaMA-Factory:
 * rewards that charge for leaving the reference, generalised advantages, clipped policy and value losses, and the price's
 * control. A few numbers per token: plain float64, derivatives written out.
 */
import { mean } from "./preference";

/** One number per answer token, answer by answer. */
type PerToken = readonly (readonly number[])[];

export interface RewardOptions {
  /** What a nat of divergence from the reference costs. */
  readonly klCoefficient: number;
}

/** Token rewards: the price of each token's divergence, and the answer's score on its last token. */
export function tokenRewards(
  { logps, referenceLogps, scores }: { logps: PerToken; referenceLogps: PerToken; scores: readonly number[] },
  { klCoefficient }: RewardOptions,
): number[][] {
  return logps.map((row, i) =>
    row.map((logp, t) => {
      const price = -klCoefficient * (logp - referenceLogps[i]![t]!);
      return t === row.length - 1 ? price + scores[i]! : price;
    }),
  );
}

/** The mean over answers of their summed divergence from the reference. */
export function meanDivergence(logps: PerToken, referenceLogps: PerToken): number {
  return mean(logps.map((row, i) => row.reduce((sum, logp, t) => sum + logp - referenceLogps[i]![t]!, 0)));
}

/** The discount of rewards to come, and the weight of longer looks ahead (https://arxiv.org/abs/1506.02438). */
const GAMMA = 1;
const LAMBDA = 0.95;

export interface AdvantageInputs {
  readonly values: PerToken;
  readonly rewards: PerToken;
  /**
   * Columns of padding behind each answer in the padded batch. Whitened rewards, in trl, are not zero there and reach
   * back into the answer.
   */
  readonly padding: readonly number[];
}

/** Advantages, whitened over all tokens, and the returns that values should have foretold. */
export function advantagesOf(
  { values, rewards, padding }: AdvantageInputs,
  { whitenRewards }: { whitenRewards: boolean },
): { advantages: number[][]; returns: number[][] } {
  const whitened = whitening(rewards, { keepMean: true });
  const seen = (reward: number) => (whitenRewards ? whitened(reward) : reward);
  const raw = values.map((row, i) => {
    const advantages = row.map(() => 0);
    let next = 0;
    for (let column = 0; column < padding[i]!; column++) next = seen(0) + GAMMA * LAMBDA * next;
    for (let t = row.length - 1; t >= 0; t--) {
      const delta = seen(rewards[i]![t]!) + GAMMA * (row[t + 1] ?? 0) - row[t]!;
      advantages[t] = next = delta + GAMMA * LAMBDA * next;
    }
    return advantages;
  });
  const white = whitening(raw, { keepMean: false });
  return {
    advantages: raw.map((row) => row.map(white)),
    returns: raw.map((row, i) => row.map((advantage, t) => advantage + values[i]![t]!)),
  };
}

/** (x - mean) / deviation, both over all tokens, the variance with Bessel's correction. */
function whitening(values: PerToken, { keepMean }: { keepMean: boolean }): (value: number) => number {
  const all = values.flat();
  const center = mean(all);
  const variance = all.reduce((sum, value) => sum + (value - center) ** 2, 0) / Math.max(1, all.length - 1);
  const scale = 1 / Math.sqrt(variance + 1e-8);
  return (value) => (value - center) * scale + (keepMean ? center : 0);
}

/** How far a policy's ratio and a value may move from where they were when the answers were given. */
const CLIP_RANGE = 0.2;
/** Of the value loss beside the policy's. */
const VALUE_WEIGHT = 0.1;
/** Beyond this mean ratio a batch tells nothing any more and is passed over. */
const LARGEST_MEAN_RATIO = 10;

/** All per token of a batch of answers: by the policy now, and when the answers were given. */
export interface ProximalInputs {
  readonly logps: readonly number[];
  readonly values: readonly number[];
  readonly oldLogps: readonly number[];
  readonly oldValues: readonly number[];
  readonly advantages: readonly number[];
  readonly returns: readonly number[];
}

export interface ProximalResult {
  readonly policyLoss: number;
  /** Weighted. */
  readonly valueLoss: number;
  /** Of the two together, with respect to log-probabilities and values. */
  readonly logpGradients: number[];
  readonly valueGradients: number[];
}

/** The clipped losses, means over tokens, with their gradients. */
export function proximalLoss(inputs: ProximalInputs): ProximalResult {
  const { logps, values, oldLogps, oldValues, advantages, returns } = inputs;
  const ratios = logps.map((logp, i) => Math.exp(logp - oldLogps[i]!));
  const counts = mean(ratios) <= LARGEST_MEAN_RATIO ? 1 : 0;
  const share = counts / logps.length;
  let [policyLoss, valueLoss] = [0, 0];
  const logpGradients = ratios.map((ratio, i) => {
    const free = -advantages[i]! * ratio;
    const clipped = -advantages[i]! * clamp(ratio, 1 - CLIP_RANGE, 1 + CLIP_RANGE);
    policyLoss += share * Math.max(free, clipped);
    return free >= clipped ? share * free : 0;
  });
  const valueGradients = values.map((value, i) => {
    const near = clamp(value, oldValues[i]! - CLIP_RANGE, oldValues[i]! + CLIP_RANGE);
    const [free, clipped] = [(value - returns[i]!) ** 2, (near - returns[i]!) ** 2];
    valueLoss += 0.5 * VALUE_WEIGHT * share * Math.max(free, clipped);
    return free >= clipped ? VALUE_WEIGHT * share * (value - returns[i]!) : 0;
  });
  return { policyLoss, valueLoss, logpGradients, valueGradients };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The price that a run begins with, and over how many answers it may double or vanish, roughly. */
export const FIRST_KL_COEFFICIENT = 0.2;
const KL_HORIZON = 10_000;

/** The price after a step: higher where the policy strays more than `target` nats, lower where less (arXiv 1909.08593). */
export function nextKlCoefficient(
  coefficient: number,
  { divergence, target, answers }: { divergence: number; target: number; answers: number },
): number {
  const error = clamp(divergence / target - 1, -0.2, 0.2);
  return coefficient * (1 + (error * answers) / KL_HORIZON);
}
