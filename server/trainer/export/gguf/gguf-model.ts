/**
 * Models as llama.cpp names and lays them out: hyperparameters as metadata, tensors under its names. Llama and Mistral
 * share its "llama", whose rotary embedding turns neighbouring pairs, so the rows of q and k change places.
 * https://github.com/ggml-org/llama.cpp/blob/master/convert_hf_to_gguf.py
 */
import { AppError } from "../../../contract/errors";
import type { ModelFolder } from "../../checkpoint/model-folder";
import type { Decoder } from "../../models/family";
import { expectedTensors } from "../../models/weights";
import { ropeFrequencies, type RopeSettings } from "../../nn/rope";
import type { GgufTensor, MetadataValue } from "./gguf-file";
import { FILE_TYPE_IDS, tensorTypeFor, type GgufType } from "./gguf-types";

/** Families that can be written, and what llama.cpp calls them. */
const ARCHITECTURES: Readonly<Record<string, "llama" | "qwen2" | "qwen3">> = {
  llama: "llama",
  mistral: "llama",
  qwen2: "qwen2",
  qwen3: "qwen3",
};

/** Our modules, below a layer's prefix, in llama.cpp's names. */
const BLOCK_NAMES: Readonly<Record<string, string>> = {
  input_layernorm: "attn_norm",
  "self_attn.q_proj": "attn_q",
  "self_attn.k_proj": "attn_k",
  "self_attn.v_proj": "attn_v",
  "self_attn.o_proj": "attn_output",
  "self_attn.q_norm": "attn_q_norm",
  "self_attn.k_norm": "attn_k_norm",
  post_attention_layernorm: "ffn_norm",
  "mlp.gate_proj": "ffn_gate",
  "mlp.up_proj": "ffn_up",
  "mlp.down_proj": "ffn_down",
};

/** @throws AppError unsupported for a family or a rope that is not written as GGUF, naming those that are */
export function checkGgufModel({ family, ropes }: Decoder): void {
  if (!Object.hasOwn(ARCHITECTURES, family)) {
    throw new AppError(
      "unsupported",
      `export_gguf: ${family} models are not written as GGUF here, only ${Object.keys(ARCHITECTURES).join(", ")}. Export without export_gguf, then convert the folder with llama.cpp's convert_hf_to_gguf.py.`,
    );
  }
  const dynamic = Object.values(ropes).find(({ type }) => type === "dynamic" || type === "longrope");
  if (dynamic) {
    throw new AppError(
      "unsupported",
      `export_gguf: llama.cpp has no rope of the type "${dynamic.type}". Export without export_gguf.`,
    );
  }
}

/** What llama.cpp computes otherwise than the model was made for, in words; null where nothing is. */
export function ggufDifference({ layers, contextLength }: Decoder): string | null {
  const windows = layers.map(({ window }) => window ?? Infinity);
  const narrowest = Math.min(...windows);
  if (narrowest >= contextLength) return null;
  return `llama.cpp lets every token of this architecture look back to the start; answers differ once a conversation is longer than the model's window of ${narrowest} tokens.`;
}

/** general.* and the architecture's own keys. */
export function modelMetadata(
  decoder: Decoder,
  { name, type }: { name: string; type: GgufType },
): Map<string, MetadataValue> {
  const architecture = ARCHITECTURES[decoder.family]!;
  const norm = decoder.head.finalNorm.norm;
  const count = (value: number): MetadataValue => ({ type: "uint32", value });
  const real = (value: number): MetadataValue => ({ type: "float32", value });
  const own: [string, MetadataValue][] = [
    ["vocab_size", count(decoder.vocabSize)],
    ["context_length", count(decoder.contextLength)],
    ["embedding_length", count(decoder.hiddenSize)],
    ["block_count", count(decoder.layers.length)],
    ["feed_forward_length", count(decoder.linears["mlp.up_proj"]!.outputs)],
    ["attention.head_count", count(decoder.heads)],
    ["attention.head_count_kv", count(decoder.kvHeads)],
    ["attention.key_length", count(decoder.headDim)],
    ["attention.value_length", count(decoder.headDim)],
    ["attention.layer_norm_rms_epsilon", real(norm.epsilon)],
    ...ropeMetadata(decoder.ropes["default"]!),
  ];
  return new Map([
    ["general.architecture", { type: "string", value: architecture }],
    ["general.name", { type: "string", value: name }],
    ["general.file_type", count(FILE_TYPE_IDS[type])],
    ["general.quantization_version", count(2)],
    ...own.map(([key, value]): [string, MetadataValue] => [`${architecture}.${key}`, value]),
  ]);
}

function ropeMetadata(rope: RopeSettings): [string, MetadataValue][] {
  const keys: [string, MetadataValue][] = [
    ["rope.dimension_count", { type: "uint32", value: rope.dimensions }],
    ["rope.freq_base", { type: "float32", value: rope.theta }],
  ];
  if (rope.type !== "linear" && rope.type !== "yarn") return keys;
  return [
    ...keys,
    ["rope.scaling.type", { type: "string", value: rope.type }],
    ["rope.scaling.factor", { type: "float32", value: rope.factor }],
    ["rope.scaling.original_context_length", { type: "uint32", value: rope.originalMaxPositions }],
  ];
}

/** The tensors in llama.cpp's names; matrices in `wanted`, vectors in float32. Nothing is read yet. */
export function modelTensors(folder: ModelFolder, decoder: Decoder, wanted: GgufType): GgufTensor[] {
  const tensors: GgufTensor[] = [];
  const factors = frequencyFactors(decoder.ropes["default"]!);
  if (factors) {
    const read = () => Promise.resolve(factors);
    tensors.push({ name: "rope_freqs.weight", shape: [factors.length], type: "f32", read });
  }
  for (const [source, shape] of expectedTensors(decoder)) {
    const name = ggufName(source, decoder);
    const heads = pairedHeads(source, decoder);
    tensors.push({
      name,
      shape,
      type: tensorTypeFor(shape, wanted),
      async read() {
        const values = await folder.read(source);
        return heads === null ? values : pairNeighbours(values, { heads, rows: shape[0]! });
      },
    });
  }
  return tensors;
}

function ggufName(source: string, decoder: Decoder): string {
  const { embedding, head } = decoder;
  if (source === embedding.weight) return "token_embd.weight";
  if (source === head.weight) return "output.weight";
  if (source === `${head.finalNorm.module}.weight`) return "output_norm.weight";
  const layer = decoder.layers.findIndex(({ prefix }) => source.startsWith(prefix));
  const rest = source.slice(decoder.layers[layer]?.prefix.length ?? 0);
  const dot = rest.lastIndexOf(".");
  const block = layer >= 0 ? BLOCK_NAMES[rest.slice(0, dot)] : undefined;
  if (block === undefined) throw new Error(`no GGUF name for ${source}`);
  return `blk.${layer}.${block}${rest.slice(dot)}`;
}

/** llama.cpp divides a frequency by its factor; only Llama 3's scaling needs them. */
function frequencyFactors(rope: RopeSettings): Float32Array | null {
  if (rope.type !== "llama3") return null;
  const { frequencies } = ropeFrequencies(rope, 0);
  const plain = ropeFrequencies({ ...rope, type: "default" }, 0).frequencies;
  return plain.map((frequency, i) => frequency / frequencies[i]!);
}

/** Heads of a tensor whose rows must change places; null where they stay. */
function pairedHeads(source: string, { family, heads, kvHeads }: Decoder): number | null {
  if (ARCHITECTURES[family] !== "llama") return null;
  if (source.includes(".self_attn.q_proj.")) return heads;
  return source.includes(".self_attn.k_proj.") ? kvHeads : null;
}

/** Per head, rows 0, 1, 2 … of the halves [a0 a1 … | b0 b1 …] become a0 b0 a1 b1 …; a bias has rows of one value. */
function pairNeighbours(
  values: Float32Array,
  { heads, rows }: { heads: number; rows: number },
): Float32Array {
  const width = values.length / rows;
  const headRows = rows / heads;
  const half = headRows / 2;
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const inHead = row % headRows;
    const target = row - inHead + (inHead % half) * 2 + Math.floor(inHead / half);
    out.set(values.subarray(row * width, (row + 1) * width), target * width);
  }
  return out;
}
