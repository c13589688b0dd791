/**
 * Turns "measure this on that" into the configuration of a run that trains nothing. Which model and adapter a target
 * stands for, and how runs are made, it is told by its collaborators.
 */
import type { CreateRun, EngineId } from "@/server/contract/api";
import type { CreateEvaluation } from "@/server/contract/evaluation";
import { plainName } from "@/server/contract/plain-name";
import { timestamp } from "@/server/runs/new-run";

/** What lies behind a chat target. Folders are relative to the home folder where they lie in it. */
export interface TargetFolders {
  label: string;
  modelFolder: string;
  adapterFolder: string | null;
  /** The method that made the adapter: lora or oft; full where there is none. */
  method: string;
  template: string | null;
  engine: EngineId;
}

/** LLaMA Board's arguments for its Evaluate & Predict tab. */
export function evaluationRun(
  request: CreateEvaluation,
  target: TargetFolders,
  now = new Date(),
): Pick<CreateRun, "config" | "name" | "engine"> {
  const predicts = request.measure === "answers";
  const config: Record<string, unknown> = {
    stage: "sft",
    model_name_or_path: target.modelFolder,
    ...(target.adapterFolder !== null && { adapter_name_or_path: target.adapterFolder }),
    finetuning_type: target.method,
    ...(target.template !== null && { template: target.template }),
    do_train: false,
    ...(predicts
      ? { do_predict: true, predict_with_generate: true }
      : { do_eval: true, compute_accuracy: true }),
    eval_dataset: request.datasets.join(","),
    cutoff_len: request.cutoff_len,
    max_samples: request.max_samples,
    per_device_eval_batch_size: request.batch_size,
    report_to: "none",
    seed: request.seed,
    ...(predicts && {
      max_new_tokens: request.max_new_tokens,
      do_sample: request.do_sample,
      ...(request.do_sample && { temperature: request.temperature, top_p: request.top_p }),
    }),
  };
  return {
    config,
    // By the label, two evaluations beside each other are told apart.
    name: request.name || `eval_${plainName(target.label, 60)}_${timestamp(now)}`,
    engine: request.engine,
  };
}
