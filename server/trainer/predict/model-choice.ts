/**
 * Which folders answer for a run: the model that training begins from, or what it has saved; how their answers are drawn
 * and where they end.
 */
import { splitList, trainsAdapter, type TrainConfig } from "../../contract/train-config";
import type { SamplingOptions } from "../generate/sampler";
import type { Template } from "../tokenizer/templates/template";

export interface ModelFolders {
  readonly modelPath: string;
  /** Folders of adapters; all of them work together. */
  readonly adapterPaths: readonly string[];
}

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
  if (!trainsAdapter(config)) return { modelPath: folder, adapterPaths: [] };
  const adapters = splitList(config.adapter_name_or_path);
  const frozen = config.create_new_adapter ? adapters : adapters.slice(0, -1);
  return { modelPath: config.model_name_or_path, adapterPaths: [...frozen, folder] };
}

/** The ends of turns and every other special token, as LLaMA-Factory stops at. */
export function stopIds({ tokenizer, stopTokenIds }: Template): Set<number> {
  const others = tokenizer.otherSpecialTokens.map((token) => tokenizer.tokenToId(token));
  return new Set([...stopTokenIds, ...others].filter((id) => id !== undefined));
}

/** How the configuration has answers drawn, but for the seed. */
export function samplingOf(
  config: Pick<TrainConfig, "do_sample" | "temperature" | "top_p" | "top_k" | "repetition_penalty">,
): Omit<SamplingOptions, "seed"> {
  return {
    temperature: config.do_sample ? config.temperature : 0,
    topP: config.top_p,
    topK: config.top_k,
    repetitionPenalty: config.repetition_penalty,
  };
}
