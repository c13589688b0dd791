/** Gradient clipping by the global norm, as torch.nn.utils.clip_grad_norm_. */
import type { Parameter } from "../models/causal-lm";

type Gradients = readonly Pick<Parameter, "grad">[];

/** The Euclidean norm over all gradients together. */
export function gradientNorm(parameters: Gradients): number {
  let squares = 0;
  for (const { grad } of parameters) {
    for (let i = 0; i < grad.length; i++) squares += grad[i]! * grad[i]!;
  }
  return Math.sqrt(squares);
}

/**
 * Scales all gradients in place so that their global norm is at most `maxNorm`; 0 or less only measures.
 * @returns the norm before clipping
 */
export function clipGradients(parameters: Gradients, maxNorm: number): number {
  const norm = gradientNorm(parameters);
  const coefficient = maxNorm > 0 ? maxNorm / (norm + 1e-6) : 1;
  if (coefficient < 1) {
    for (const { grad } of parameters) {
      for (let i = 0; i < grad.length; i++) grad[i] = grad[i]! * coefficient;
    }
  }
  return norm;
}
