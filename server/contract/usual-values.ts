/**
 * Values that suit a model, a method and a stage, where LLaMA Board's single default for all does not: one table for the
 * form's defaults and for the advice on methods. It changes nothing by itself.
 *
 * Rates are those of published recipes: LLaMA-Factory's examples (LoRA 1e-4, full 1e-5, LoRA with DPO and KTO 5e-6, PPO
 * 1e-5), Zephyr's for pairs in full (5e-7). Those of very small models are the starter's own (`server/starter/recipe.ts`).
 */
export const USUAL_ARGUMENTS = ["learning_rate", "lora_rank", "lora_alpha", "cutoff_len"] as const;
export type UsualArgument = (typeof USUAL_ARGUMENTS)[number];

export const USUAL_REASONS = [
  "rate_adapter",
  "rate_weights",
  "rate_pairs",
  "rate_ppo",
  "rate_tiny",
  "rank_tiny",
  "context",
] as const;
export type UsualReason = (typeof USUAL_REASONS)[number];

export interface UsualValue {
  readonly argument: UsualArgument;
  readonly value: number;
  /** From here to there a value is fine as well. */
  readonly least: number;
  readonly most: number;
  readonly reason: UsualReason;
}

export interface UsualQuestion {
  readonly finetuning_type: string;
  readonly stage: string;
  /** null where the model is not known. */
  readonly parameters: number | null;
  /** Tokens that the model reads at most; null where unknown, or where positions are stretched (rope_scaling). */
  readonly context_length: number | null;
}

/** Models with fewer parameters learn next to nothing at the rates and ranks that suit large ones. */
const TINY_PARAMETERS = 100e6;

/** What is usual for a choice; arguments that are not named are fine at any default. */
export function usualValues(question: UsualQuestion): UsualValue[] {
  const { finetuning_type, parameters, context_length } = question;
  const values = [usualRate(question)];
  if (finetuning_type === "lora" && isTiny(parameters)) {
    values.push(
      { argument: "lora_rank", value: 32, least: 16, most: Infinity, reason: "rank_tiny" },
      { argument: "lora_alpha", value: 64, least: 32, most: Infinity, reason: "rank_tiny" },
    );
  }
  if (context_length !== null) {
    values.push({
      argument: "cutoff_len",
      value: context_length,
      least: 1,
      most: context_length,
      reason: "context",
    });
  }
  return values;
}

/** The learning rate. Outside of its bounds a method learns next to nothing, or forgets what it knew. */
export function usualRate(question: Omit<UsualQuestion, "context_length">): UsualValue {
  const { finetuning_type, stage, parameters } = question;
  const isAdapter = finetuning_type === "lora" || finetuning_type === "oft";
  const rate = (value: number, most: number, reason: UsualReason): UsualValue => ({
    argument: "learning_rate",
    value,
    least: isAdapter ? value / 5 : value / 100,
    most,
    reason,
  });
  if (stage === "dpo" || stage === "kto")
    return isAdapter ? rate(5e-6, 2e-5, "rate_pairs") : rate(5e-7, 5e-6, "rate_pairs");
  if (stage === "ppo") return rate(1e-5, 3e-5, "rate_ppo");
  if (isTiny(parameters)) return isAdapter ? rate(1.5e-3, 1e-2, "rate_tiny") : rate(8e-4, 3e-3, "rate_tiny");
  return isAdapter ? rate(1e-4, 5e-3, "rate_adapter") : rate(1e-5, 3e-5, "rate_weights");
}

/** Whether a value is as good as the usual one. */
export function isUsual({ least, most }: UsualValue, value: number): boolean {
  return value >= least && value <= most;
}

function isTiny(parameters: number | null): boolean {
  return parameters !== null && parameters < TINY_PARAMETERS;
}
