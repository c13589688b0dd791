/** What there is to choose among for a training, and Tuneboard's own arguments. It knows no schema, so pages may have it at once. */
import { LAUNCH_VARIABLE_NAMES } from "./launch-variables";

export const STAGES = ["sft", "pt", "rm", "ppo", "dpo", "kto"] as const;
export const FINETUNING_TYPES = ["lora", "full", "freeze", "oft"] as const;
export const PREFERENCE_LOSSES = ["sigmoid", "hinge", "ipo", "kto_pair", "orpo", "simpo"] as const;
export const EXECUTORS = ["auto", "onnx", "tfjs"] as const;

/** Names that a configuration may hold and no argument of LLaMA-Factory has: Tuneboard's own, and launch variables. */
export const OWN_ARGUMENTS: readonly string[] = [
  "executor",
  "sample_prompts",
  "sample_max_new_tokens",
  ...LAUNCH_VARIABLE_NAMES,
];

/** Whether the run trains an adapter beside the model's own weights, which stay as they are. */
export function trainsAdapter({
  finetuning_type,
}: {
  finetuning_type: (typeof FINETUNING_TYPES)[number];
}): boolean {
  return finetuning_type === "lora" || finetuning_type === "oft";
}
