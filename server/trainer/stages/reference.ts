/** The reference model of the preference stages: what the policy was before training, or the model that `ref_model` names. */
import type { TokenBatch, TrainableModel } from "../models/causal-lm";
import type { StageContext } from "./stage";

/** Cross entropy of every label of a batch, by the reference. */
export type ReferenceLosses = (batch: TokenBatch) => Promise<Float32Array>;

/** Costs no memory with LoRA: the base weights are there. Full fine-tuning needs a second, frozen copy of the model. */
export async function openReference(context: StageContext, model: TrainableModel): Promise<ReferenceLosses> {
  const { config, log } = context;
  if (config.ref_model === undefined && config.finetuning_type === "lora") {
    return (batch) => model.labelLosses(batch, "base");
  }
  const folder = config.ref_model ?? config.model_name_or_path;
  log.info(`Created reference model from ${folder}`);
  const frozen = await context.openFrozen(folder);
  return (batch) => frozen.labelLosses(batch, "model");
}
