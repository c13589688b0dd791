/** The reference model that a policy is compared with: what the policy was before training, or the model that `ref_model` names. */
import { splitList, trainsAdapter } from "../../contract/train-config";
import type { LabelLogits, TokenBatch, TrainableModel } from "../models/causal-lm";
import type { StageContext } from "./stage";

/** Cross entropy of every label of a batch, by the reference. */
export type ReferenceLosses = (batch: TokenBatch) => Promise<Float32Array>;
/** The logits that predict the labels of a batch, by the reference. */
export type ReferenceLogits = (batch: TokenBatch) => Promise<LabelLogits>;

export interface Reference {
  readonly losses: ReferenceLosses;
  readonly logits: ReferenceLogits;
}

/** Costs no memory with LoRA: the base weights are there. Full fine-tuning needs a second, frozen copy of the model. */
export async function openReference(context: StageContext, model: TrainableModel): Promise<Reference> {
  const { config, log } = context;
  const adapters = splitList(config.ref_model_adapters);
  const asWas = config.ref_model === undefined && adapters.length === 0 && trainsAdapter(config);
  const folder = config.ref_model ?? config.model_name_or_path;
  if (!asWas) log.info(`Created reference model from ${folder}`);
  const [holder, by] = asWas
    ? ([model, "base"] as const)
    : ([await context.openFrozen({ folder, adapters }), "model"] as const);
  return {
    losses: (batch) => holder.labelLosses(batch, by),
    logits: (batch) => holder.labelLogits(batch, by),
  };
}
