/** What `finetuning_type` and its arguments mean to the loader of models. */
import { loraAlpha, splitList, type TrainConfig } from "../../contract/train-config";
import type { TrainingMethod } from "../models/load-model";

export function trainingMethod(config: TrainConfig): TrainingMethod {
  switch (config.finetuning_type) {
    case "full":
      return { kind: "full", ...(config.train_from_scratch && { scratchSeed: config.seed }) };
    case "freeze":
      return {
        kind: "freeze",
        layers: config.freeze_trainable_layers,
        modules: allOrNames(config.freeze_trainable_modules),
        extra: splitList(config.freeze_extra_modules),
        spread: config.use_llama_pro,
      };
    case "oft":
      return {
        kind: "oft",
        rank: config.oft_rank,
        blockSize: config.oft_block_size,
        dropout: config.module_dropout,
        target: allOrNames(config.oft_target),
        ...onAdapters(config),
      };
    case "lora":
      return {
        kind: "lora",
        rank: config.lora_rank,
        alpha: loraAlpha(config),
        dropout: config.lora_dropout,
        target: allOrNames(config.lora_target),
        initSeed: config.seed,
        rslora: config.use_rslora,
        dora: config.use_dora,
        pissa: config.pissa_init,
        ...onAdapters(config),
      };
  }
}

function onAdapters(config: TrainConfig) {
  return {
    additionalTarget: splitList(config.additional_target),
    adapters: splitList(config.adapter_name_or_path),
    createNew: config.create_new_adapter,
    spread: config.use_llama_pro ? config.freeze_trainable_layers : undefined,
    quantizationBit: bitsOf(config),
  };
}

function bitsOf({ quantization_bit: bits }: TrainConfig): 8 | 4 | undefined {
  return bits === 8 || bits === 4 ? bits : undefined;
}

function allOrNames(text: string): "all" | string[] {
  const names = splitList(text);
  return names.length === 0 || names.includes("all") ? "all" : names;
}

/** As LLaMA-Factory's log names it. */
export function methodName({ finetuning_type, use_dora, pissa_init }: TrainConfig): string {
  switch (finetuning_type) {
    case "full":
      return "Full";
    case "freeze":
      return "Freeze";
    case "oft":
      return "OFT";
    case "lora":
      return `${use_dora ? "DoRA" : "LoRA"}${pissa_init ? " (PiSSA initialization)" : ""}`;
  }
}
