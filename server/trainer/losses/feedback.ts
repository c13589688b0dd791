/**
 * KTO (https://arxiv.org/abs/2402.01306): answers that were liked or not, each alone, against the divergence from the
 * reference that mismatched answers show. As trl 0.24 inside LLaMA-Factory; plain float64, derivatives written out.
 */
import { mean, sigmoid, slopeOfSigmoid } from "./preference";

export interface FeedbackOptions {
  readonly beta: number;
  /** Weight of the supervised loss on the liked answers (`pref_ftx`). */
  readonly ftx: number;
  readonly chosenWeight: number;
  readonly rejectedWeight: number;
}

/** Summed log-probabilities [B] of answers and of mismatched answers, by the policy and by the reference. */
export interface FeedbackLogps {
  readonly policy: readonly number[];
  readonly reference: readonly number[];
  /** Label tokens. */
  readonly lengths: readonly number[];
  readonly desirable: readonly boolean[];
  readonly mismatchedPolicy: readonly number[];
  readonly mismatchedReference: readonly number[];
}

export interface FeedbackResult {
  /** Mean over the answers, the supervised part included. */
  readonly loss: number;
  /** Gradient of `loss` with respect to the answers' summed log-probabilities, [B]. */
  readonly gradients: number[];
  readonly rewards: number[];
  /** The divergence, at least 0; no gradient flows through it. */
  readonly kl: number;
}

/** The loss of a batch of answers with its gradients. */
export function feedbackLoss(logps: FeedbackLogps, options: FeedbackOptions): FeedbackResult {
  const { policy, reference, lengths, desirable } = logps;
  const { beta, ftx, chosenWeight, rejectedWeight } = options;
  const B = policy.length;
  const kl = Math.max(
    0,
    mean(logps.mismatchedPolicy.map((value, i) => value - logps.mismatchedReference[i]!)),
  );
  const ratios = policy.map((value, i) => value - reference[i]!);
  const liked = desirable.filter(Boolean).length;

  // The supervised loss is a mean over liked answers, scaled by B / liked as LLaMA-Factory does.
  const supervisedScale = liked === 0 ? 0 : (ftx * B) / liked / liked;
  let loss = 0;
  const gradients = ratios.map((ratio, i) => {
    const sign = desirable[i] ? 1 : -1;
    const weight = desirable[i] ? chosenWeight : rejectedWeight;
    const z = sign * beta * (ratio - kl);
    loss += (weight * sigmoid(-z)) / B;
    const gradient = (-sign * weight * beta * slopeOfSigmoid(z)) / B;
    if (!desirable[i]) return gradient;
    loss -= (supervisedScale * policy[i]!) / lengths[i]!;
    return gradient - supervisedScale / lengths[i]!;
  });
  return { loss, gradients, rewards: ratios.map((ratio) => beta * ratio), kl };
}
