/**
 * The starter's shape: a Llama decoder small enough to be trained on two CPU cores in half an hour, and its random
 * beginning. It does not know what it will learn.
 */
import { writeModelFolder } from "../trainer/checkpoint/model-folder";
import { elementCount, type TensorToWrite } from "../trainer/checkpoint/safetensors";
import { describeDecoder } from "../trainer/models/registry";
import { expectedTensors } from "../trainer/models/weights";
import { createRandom } from "../trainer/nn/random";

export const CONTEXT_LENGTH = 512;
const INITIALIZER_RANGE = 0.02;

export interface TokenNumbers {
  /** Rows of the embedding table. */
  readonly vocabSize: number;
  readonly eos: number;
  readonly pad: number;
}

/** config.json in transformers 5's spelling; `dtype` says how the weights beside it are stored. */
export function starterConfig({ vocabSize, eos, pad }: TokenNumbers, dtype: "float32" | "bfloat16") {
  return {
    architectures: ["LlamaForCausalLM"],
    attention_bias: false,
    attention_dropout: 0,
    bos_token_id: null,
    dtype,
    eos_token_id: eos,
    head_dim: 32,
    hidden_act: "silu",
    hidden_size: 192,
    initializer_range: INITIALIZER_RANGE,
    intermediate_size: 512,
    max_position_embeddings: CONTEXT_LENGTH,
    mlp_bias: false,
    model_type: "llama",
    num_attention_heads: 6,
    num_hidden_layers: 6,
    num_key_value_heads: 6,
    pad_token_id: pad,
    pretraining_tp: 1,
    rms_norm_eps: 1e-5,
    rope_parameters: { rope_theta: 10_000, rope_type: "default" },
    tie_word_embeddings: true,
    use_cache: true,
    vocab_size: vocabSize,
  };
}

/** generation_config.json: where a reply ends. */
export function starterGenerationConfig({ eos, pad }: TokenNumbers) {
  return { eos_token_id: [eos, pad], pad_token_id: pad };
}

/**
 * Writes the untrained model in float32: matrices drawn from a normal distribution (deviation `initializer_range`),
 * norms all ones, as transformers initialises a Llama.
 */
export async function writeUntrainedModel(folder: string, tokens: TokenNumbers, seed: number): Promise<void> {
  const config = starterConfig(tokens, "float32");
  const decoder = describeDecoder({ file: `${folder}/config.json`, values: config });
  const random = createRandom(seed);
  const tensors = [...expectedTensors(decoder)].map(([name, shape]): TensorToWrite => {
    const draws = random.fork(name);
    const isNorm = shape.length === 1;
    return {
      name,
      shape,
      dtype: "F32",
      data: () =>
        Float32Array.from({ length: elementCount(shape) }, () =>
          isNorm ? 1 : draws.normal() * INITIALIZER_RANGE,
        ),
    };
  });
  await writeModelFolder(folder, { config, generationConfig: starterGenerationConfig(tokens), tensors });
}
