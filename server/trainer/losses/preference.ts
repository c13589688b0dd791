/**
 * Losses over pairs of answers, from their log-probabilities: DPO (https://arxiv.org/abs/2305.18290) with its variants
 * hinge, IPO, KTO-pair, and the reference-free ORPO (https://arxiv.org/abs/2403.07691) and SimPO
 * (https://arxiv.org/abs/2405.14734), as LLaMA-Factory combines them. A handful of numbers a batch, so they are plain
 * float64 with derivatives written out; the model's graph gets one weight per answer.
 */
import type { PREFERENCE_LOSSES } from "../../contract/train-config";

export type PreferenceLossType = (typeof PREFERENCE_LOSSES)[number];

export interface PreferenceOptions {
  readonly type: PreferenceLossType;
  readonly beta: number;
  /** Weight of the supervised loss on the chosen answer (`pref_ftx`). */
  readonly ftx: number;
  readonly labelSmoothing: number;
  readonly simpoGamma: number;
  /**
   * Mixes in BCO (https://arxiv.org/abs/2404.04656), which judges each answer alone against the mean reward so far;
   * missing: not.
   */
  readonly bco?: {
    readonly weight: number;
    /** The mean reward so far, from the batch's own. No gradient flows through it. */
    readonly meanReward: (ofBatch: number) => number;
  };
}

/** Summed log-probabilities of the answers of P pairs, and their numbers of label tokens; all [P]. */
export interface PairLogps {
  readonly chosen: readonly number[];
  readonly rejected: readonly number[];
  readonly chosenLengths: readonly number[];
  readonly rejectedLengths: readonly number[];
  /** By the reference model; not looked at by orpo and simpo. */
  readonly referenceChosen: readonly number[];
  readonly referenceRejected: readonly number[];
}

export interface PreferenceResult {
  /** Mean over the pairs. */
  readonly loss: number;
  /** Gradients of `loss` with respect to the summed log-probabilities, [P]. */
  readonly chosenGradients: number[];
  readonly rejectedGradients: number[];
  readonly chosenRewards: number[];
  readonly rejectedRewards: number[];
  /** What is logged about the answers: averaged by length for ipo, orpo and simpo, else summed. */
  readonly chosenLogps: number[];
  readonly rejectedLogps: number[];
  /** orpo only: the means of its two parts. */
  readonly parts?: { readonly sftLoss: number; readonly oddsRatioLoss: number };
}

/** Whether a loss compares log-probabilities per token. */
function averagesByLength(type: PreferenceLossType): boolean {
  return type === "ipo" || type === "orpo" || type === "simpo";
}

/** Whether a loss needs the log-probabilities of a reference model. */
export function needsReference(type: PreferenceLossType): boolean {
  return type !== "orpo" && type !== "simpo";
}

/** A pair's loss and its derivatives with respect to the chosen and the rejected log-probability that it sees. */
interface PairLoss {
  readonly loss: number;
  readonly chosen: number;
  readonly rejected: number;
}

/** The loss of a batch of pairs with its gradients. */
export function preferenceLoss(logps: PairLogps, options: PreferenceOptions): PreferenceResult {
  const { type, beta, ftx } = options;
  const averaged = averagesByLength(type);
  const seen = (sums: readonly number[], lengths: readonly number[]) =>
    sums.map((sum, i) => (averaged ? sum / lengths[i]! : sum));
  const chosen = seen(logps.chosen, logps.chosenLengths);
  const rejected = seen(logps.rejected, logps.rejectedLengths);
  const reference = needsReference(type);
  const none = chosen.map(() => 0);
  const chosenRatios = minus(chosen, reference ? seen(logps.referenceChosen, logps.chosenLengths) : none);
  const rejectedRatios = minus(
    rejected,
    reference ? seen(logps.referenceRejected, logps.rejectedLengths) : none,
  );

  const pairs =
    type === "kto_pair"
      ? ktoPairs(chosenRatios, rejectedRatios, beta)
      : chosen.map((c, i) => {
          if (type === "orpo") return oddsRatioPair(c, rejected[i]!, beta);
          return marginPair(chosenRatios[i]! - rejectedRatios[i]!, options);
        });
  const chosenRewards = chosenRatios.map((ratio) => beta * ratio);
  const rejectedRewards = rejectedRatios.map((ratio) => beta * ratio);
  const judged =
    options.bco && reference
      ? mixInBco(pairs, { chosenRewards, rejectedRewards, beta, ...options.bco })
      : pairs;
  const P = chosen.length;
  const scaled = (derivative: number, length: number) => derivative / P / (averaged ? length : 1);
  const supervised = logps.chosen.map((sum, i) => -sum / logps.chosenLengths[i]!);
  return {
    loss: mean(judged.map(({ loss }, i) => loss + ftx * supervised[i]!)),
    chosenGradients: judged.map((pair, i) => {
      const length = logps.chosenLengths[i]!;
      return scaled(pair.chosen, length) - ftx / P / length;
    }),
    rejectedGradients: judged.map((pair, i) => scaled(pair.rejected, logps.rejectedLengths[i]!)),
    chosenRewards,
    rejectedRewards,
    chosenLogps: chosen,
    rejectedLogps: rejected,
    ...(type === "orpo" && {
      parts: {
        sftLoss: -mean(chosen),
        oddsRatioLoss: mean(chosen.map((c, i) => softplus(-logOdds(c, rejected[i]!)))),
      },
    }),
  };
}

interface BcoInputs {
  readonly chosenRewards: readonly number[];
  readonly rejectedRewards: readonly number[];
  readonly beta: number;
  readonly weight: number;
  readonly meanReward: (ofBatch: number) => number;
}

/** (loss + weight * BCO) / (1 + weight), as LLaMA-Factory weighs the two. */
function mixInBco(pairs: readonly PairLoss[], inputs: BcoInputs): PairLoss[] {
  const { chosenRewards, rejectedRewards, beta, weight, meanReward } = inputs;
  const shift = meanReward(mean([...chosenRewards, ...rejectedRewards]));
  return pairs.map((pair, i) => {
    const [above, below] = [chosenRewards[i]! - shift, rejectedRewards[i]! - shift];
    const mixed = (own: number, bco: number) => (own + weight * bco) / (1 + weight);
    return {
      loss: mixed(pair.loss, softplus(-above) + softplus(below)),
      chosen: mixed(pair.chosen, -beta * sigmoid(-above)),
      rejected: mixed(pair.rejected, beta * sigmoid(below)),
    };
  });
}

/** Losses of one number: by how much the chosen answer is ahead. */
function marginPair(margin: number, options: PreferenceOptions): PairLoss {
  const { type, beta, labelSmoothing, simpoGamma } = options;
  const along = (loss: number, derivative: number): PairLoss => ({
    loss,
    chosen: derivative,
    rejected: -derivative,
  });
  switch (type) {
    case "hinge": {
      const slack = 1 - beta * margin;
      return along(Math.max(0, slack), slack > 0 ? -beta : 0);
    }
    case "ipo": {
      const distance = margin - 1 / (2 * beta);
      return along(distance ** 2, 2 * distance);
    }
    case "simpo": {
      const z = beta * margin - simpoGamma;
      return along(softplus(-z), -beta * sigmoid(-z));
    }
    default: {
      const z = beta * margin;
      const loss = (1 - labelSmoothing) * softplus(-z) + labelSmoothing * softplus(z);
      return along(loss, beta * (labelSmoothing * sigmoid(z) - (1 - labelSmoothing) * sigmoid(-z)));
    }
  }
}

/** log(odds of chosen / odds of rejected), from log-probabilities per token. */
function logOdds(chosen: number, rejected: number): number {
  return chosen - rejected - (Math.log1p(-Math.exp(chosen)) - Math.log1p(-Math.exp(rejected)));
}

function oddsRatioPair(chosen: number, rejected: number, beta: number): PairLoss {
  const odds = logOdds(chosen, rejected);
  const slope = -beta * sigmoid(-odds);
  // d logOdds / d chosen = 1 / (1 - exp(chosen)), and its negative for rejected.
  return {
    loss: -chosen + beta * softplus(-odds),
    chosen: -1 + slope / -Math.expm1(chosen),
    rejected: -slope / -Math.expm1(rejected),
  };
}

/**
 * trl 0.8.6's kto_pair: each answer against the mean log-ratio of the other kind, clamped at 0, which takes part in the
 * gradient. Its two losses a pair count half each, so that the mean over pairs is the mean over all.
 */
function ktoPairs(
  chosenRatios: readonly number[],
  rejectedRatios: readonly number[],
  beta: number,
): PairLoss[] {
  const P = chosenRatios.length;
  const [chosenMean, rejectedMean] = [mean(chosenRatios), mean(rejectedRatios)];
  const [chosenKl, rejectedKl] = [Math.max(0, chosenMean), Math.max(0, rejectedMean)];
  const chosenSlopes = chosenRatios.map((ratio) => slopeOfSigmoid(beta * (ratio - rejectedKl)) * beta);
  const rejectedSlopes = rejectedRatios.map((ratio) => slopeOfSigmoid(beta * (chosenKl - ratio)) * beta);
  const throughChosenKl = chosenMean > 0 ? -mean(rejectedSlopes) : 0;
  const throughRejectedKl = rejectedMean > 0 ? mean(chosenSlopes) : 0;
  return Array.from({ length: P }, (_, i) => ({
    loss:
      (sigmoid(-beta * (chosenRatios[i]! - rejectedKl)) + sigmoid(-beta * (chosenKl - rejectedRatios[i]!))) /
      2,
    chosen: (-chosenSlopes[i]! + throughChosenKl) / 2,
    rejected: (rejectedSlopes[i]! + throughRejectedKl) / 2,
  }));
}

/** 1 / (1 + exp(-x)), without overflow. */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** The derivative of `sigmoid`. */
export function slopeOfSigmoid(x: number): number {
  return sigmoid(x) * sigmoid(-x);
}

/** log(1 + exp(x)) = -log sigmoid(-x), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** The mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value - b[i]!);
}
