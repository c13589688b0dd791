/** How many numbers the optimizer moves, by method: PEFT's and LLaMA-Factory's arithmetic on a model's shape. */
import type { ModelShape } from "./model-shape";
import { splitList } from "./configuration-values";
import type { TrainConfig } from "./train-config";

/** What is reckoned with where the argument is 0: LLaMA-Factory's defaults. */
const FREEZE_LAYERS = 2;
const OFT_BLOCK = 32;

/** All of them, the last layers', or what an adapter adds beside each chosen linear layer. */
export function trainedParameters(config: TrainConfig, shape: ModelShape): number {
  switch (config.finetuning_type) {
    case "full":
      return shape.parameters;
    case "freeze": {
      const layers = Math.abs(config.freeze_trainable_layers || FREEZE_LAYERS);
      return Math.round(
        (shape.linear_parameters * Math.min(layers, shape.num_hidden_layers)) / shape.num_hidden_layers,
      );
    }
    case "lora": {
      const sides = chosenSides(shape, config.lora_target);
      // DoRA adds a magnitude for each output, which are about half of the sides.
      const adapters = config.lora_rank * sides + (config.use_dora ? Math.round(sides / 2) : 0);
      return adapters + wholeTables(config, shape);
    }
    case "oft": {
      const block = config.oft_block_size || OFT_BLOCK;
      // A skew-symmetric block for every `block` inputs: block * (block - 1) / 2 numbers.
      const inputs = chosenSides(shape, config.oft_target) / 2;
      return Math.round((inputs * (block - 1)) / 2) + wholeTables(config, shape);
    }
  }
}

/** Numbers of the embedding table and the output matrix where additional_target trains them whole. */
function wholeTables({ additional_target }: TrainConfig, { vocab_size, hidden_size }: ModelShape): number {
  const tables = splitList(additional_target).filter((name) => /(embed_tokens|wte|lm_head)$/.test(name));
  return tables.length * vocab_size * hidden_size;
}

function chosenSides(shape: ModelShape, target: string): number {
  const targets = splitList(target);
  return Object.entries(shape.linearSides)
    .filter(([name]) => targets.includes("all") || targets.includes(name))
    .reduce((sum, [, sides]) => sum + sides, 0);
}
