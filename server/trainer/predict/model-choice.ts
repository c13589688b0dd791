/** Which folders answer for a run: the model that training begins from, or what it has saved, and where their answers end. */
import { splitList, type TrainConfig } from "../../contract/train-config";
import type { Template } from "../tokenizer/templates/template";
import type { PredictionModelOptions } from "./prediction-model";

type ModelFolders = Pick<PredictionModelOptions, "modelPath" | "adapterPaths">;
type MethodConfig = Pick<
  TrainConfig,
  "model_name_or_path" | "adapter_name_or_path" | "finetuning_type" | "create_new_adapter"
>;

/** The model as the configuration names it, with all its adapters. */
export function startingModel(config: MethodConfig): ModelFolders {
  return { modelPath: config.model_name_or_path, adapterPaths: splitList(config.adapter_name_or_path) };
}

/** What lies trained in `folder`: the last adapter goes on there, unless a new one was begun. */
export function trainedModel(config: MethodConfig, folder: string): ModelFolders {
  if (!["lora", "oft"].includes(config.finetuning_type)) return { modelPath: folder, adapterPaths: [] };
  const adapters = splitList(config.adapter_name_or_path);
  const frozen = config.create_new_adapter ? adapters : adapters.slice(0, -1);
  return { modelPath: config.model_name_or_path, adapterPaths: [...frozen, folder] };
}

/** The ends of turns and every other special token, as LLaMA-Factory stops at. */
export function stopIds({ tokenizer, stopTokenIds }: Template): Set<number> {
  const others = tokenizer.otherSpecialTokens.map((token) => tokenizer.tokenToId(token));
  return new Set([...stopTokenIds, ...others].filter((id) => id !== undefined));
}
