/**
 * The reward model's loss over pairs (https://arxiv.org/abs/2203.02155): the chosen answer's score should be above the
 * rejected one's. A handful of numbers a batch: plain float64, derivatives written out.
 */
import { mean, sigmoid, softplus } from "./preference";

export interface RewardResult {
  /** Mean over the pairs of -log sigmoid(chosen - rejected). */
  readonly loss: number;
  /** Gradients of `loss` with respect to the scores, [P]. */
  readonly chosenGradients: number[];
  readonly rejectedGradients: number[];
  /** Pairs whose chosen answer has the higher score. */
  readonly correct: number;
}

/** The loss of P pairs of scores with its gradients. */
export function rewardLoss(chosen: readonly number[], rejected: readonly number[]): RewardResult {
  const margins = chosen.map((score, i) => score - rejected[i]!);
  const gradients = margins.map((margin) => sigmoid(-margin) / margins.length);
  return {
    loss: mean(margins.map((margin) => softplus(-margin))),
    chosenGradients: gradients.map((gradient) => -gradient),
    rejectedGradients: gradients,
    correct: margins.filter((margin) => margin > 0).length,
  };
}
