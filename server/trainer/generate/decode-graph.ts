/**
 * The whole model as one ONNX graph that appends S tokens to a KV cache and gives the logits after the last of them.
 * Weights are the graph's own (onnxruntime packs them once); the cache, the rotary tables and every linear's low-rank
 * update come in from outside, so one set of weights serves the base and all of its adapters.
 * It knows operators and shapes, not files. Notation: S new tokens, P positions in the cache, C hidden, V vocabulary,
 * K kv heads, D head dimension, R rank (0 for the base).
 */
import { GraphBuilder, MICROSOFT, type ElementType } from "../executor/onnx/graph-builder";
import type { DecodePlan, FusedLinear, LayerPlan } from "./decode-plan";
import { BLOCK, type BlockBits } from "./weight-blocks";
import type { WeightFile } from "./weight-file";

/** A fused linear's weights in the form in which the graph multiplies them. */
export type PackedWeight =
  | { readonly kind: "float32"; readonly values: Float32Array; readonly bias: Float32Array | null }
  | {
      readonly kind: "blocks";
      readonly bits: BlockBits;
      readonly values: Uint8Array;
      readonly scales: Float32Array;
      readonly bias: Float32Array | null;
    };

/** Reads weights one at a time, so that a model is never held twice. */
export interface WeightSource {
  linear(linear: FusedLinear): Promise<PackedWeight>;
  vector(name: string): Promise<Float32Array>;
}

export interface DecodeGraph {
  readonly graph: GraphBuilder;
  /** Names of outputs; `keys` and `values` are one a layer. */
  readonly logits: string;
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

export const INPUT = {
  /** [S, C] float32 */
  embeddings: "embeddings",
  /** [1] int32: tokens in the cache after this run, minus one. */
  lastPosition: "last_position",
  /** [1] int32: tokens in the cache after this run. */
  totalLength: "total_length",
  /** [P, D / 2] float32 each, by the rope's key. */
  cos: (rope: string) => `cos.${rope}`,
  sin: (rope: string) => `sin.${rope}`,
  /** [1, K, P, D] float32; the run writes the new tokens' rows in place. */
  keys: (layer: number) => `keys.${layer}`,
  values: (layer: number) => `values.${layer}`,
  /** [inputs, R] and [R, outputs] float32; B carries the adapter's scale. */
  loraA: (linear: FusedLinear) => `${linear.name}.lora_A`,
  loraB: (linear: FusedLinear) => `${linear.name}.lora_B`,
} as const;

/** Appends every weight to `file` while the graph is built; the graph refers to it there. */
export async function buildDecodeGraph(
  plan: DecodePlan,
  weights: WeightSource,
  file: Pick<WeightFile, "append">,
): Promise<DecodeGraph> {
  const { decoder } = plan;
  const graph = new GraphBuilder();
  let x = graph.input(INPUT.embeddings, ["S", decoder.hiddenSize], "float32"); // [S, C]
  graph.input(INPUT.lastPosition, [1], "int32");
  graph.input(INPUT.totalLength, [1], "int32");
  for (const [key, rope] of Object.entries(decoder.ropes)) {
    graph.input(INPUT.cos(key), ["P", rope.dimensions / 2], "float32");
    graph.input(INPUT.sin(key), ["P", rope.dimensions / 2], "float32");
  }

  const scope: Scope = { graph, plan, weights, file };
  const keys: string[] = [];
  const values: string[] = [];
  for (const [index, layer] of plan.layers.entries()) {
    const h = await norm(scope, x, layer.inputNorm);
    const attention = attend(scope, await adapted(scope, h, layer.qkv), { layer, index });
    keys.push(attention.keys);
    values.push(attention.values);
    x = graph.node("Add", [x, await adapted(scope, attention.mixed, layer.attentionOutput)]);
    const m = await norm(scope, x, layer.mlpNorm);
    const [gate, up] = graph.nodeWithOutputs("Split", [await adapted(scope, m, layer.gateUp)], {
      count: 2,
      attributes: { axis: -1, num_outputs: 2 },
    });
    const gated = graph.node("Mul", [activate(scope, gate!), up!]);
    x = graph.node("Add", [x, await adapted(scope, gated, layer.down)]);
  }
  const end = graph.integers([Number.MAX_SAFE_INTEGER]);
  const last = graph.node("Slice", [x, graph.integers([-1]), end, graph.integers([0])]); // [1, C]
  const logits = await linear(scope, await norm(scope, last, plan.finalNorm), plan.head); // [1, V]
  graph.expose(logits, { shape: [1, decoder.vocabSize], type: "float32" });
  return { graph, logits, keys, values };
}

interface Scope {
  readonly graph: GraphBuilder;
  readonly plan: DecodePlan;
  readonly weights: WeightSource;
  readonly file: Pick<WeightFile, "append">;
}

/** RMS norm: x [S, C] -> [S, C]. */
async function norm({ graph, plan, weights }: Scope, x: string, name: string): Promise<string> {
  const weight = graph.constant(await weights.vector(name), [plan.decoder.hiddenSize], "float32");
  return graph.node("SimplifiedLayerNormalization", [x, weight], {
    attributes: { axis: -1, epsilon: { float: plan.epsilon } },
  });
}

/** x [S, inputs] -> [S, outputs]: W x + bias, plus the adapter's (x A) B. */
async function adapted(scope: Scope, x: string, described: FusedLinear): Promise<string> {
  const { graph } = scope;
  const y = await linear(scope, x, described);
  const rank = `R.${described.name}`;
  const a = graph.input(INPUT.loraA(described), [described.inputs, rank], "float32");
  const b = graph.input(INPUT.loraB(described), [rank, described.outputs], "float32");
  return graph.node("Gemm", [graph.node("MatMul", [x, a]), b, y]);
}

/** x [S, inputs] -> [S, outputs]: W x + bias. */
async function linear(scope: Scope, x: string, described: FusedLinear): Promise<string> {
  const { graph } = scope;
  const { name, inputs, outputs } = described;
  const weight = await scope.weights.linear(described);
  const bias = weight.bias ? [graph.constant(weight.bias, [outputs], "float32")] : [];
  if (weight.kind === "float32") {
    const matrix = await addWeight(scope, name, {
      data: weight.values,
      shape: [outputs, inputs],
      type: "float32",
    });
    return graph.node("Gemm", [x, matrix, ...bias], { attributes: { transB: 1 } });
  }
  const blocks = weight.scales.length / outputs;
  const shape = [outputs, blocks, (BLOCK * weight.bits) / 8];
  const matrix = await addWeight(scope, name, { data: weight.values, shape, type: "uint8" });
  const scales = await addWeight(scope, `${name}.scales`, {
    data: weight.scales,
    shape: [outputs, blocks],
    type: "float32",
  });
  // Zero points and group indices are left out. Accuracy level 4 multiplies in int8.
  return graph.node("MatMulNBits", [x, matrix, scales, ...(bias.length > 0 ? ["", "", ...bias] : [])], {
    domain: MICROSOFT,
    attributes: { K: inputs, N: outputs, bits: weight.bits, block_size: BLOCK, accuracy_level: 4 },
  });
}

/** Rotates, appends to the cache and attends: qkv [S, (H + 2K) D] -> [S, H D]. */
function attend(
  { graph, plan: { decoder } }: Scope,
  qkv: string,
  { layer, index }: { layer: LayerPlan; index: number },
): { mixed: string; keys: string; values: string } {
  const shape = [1, decoder.kvHeads, "P", decoder.headDim];
  const { rope, window } = layer.description;
  const packed = graph.node("Unsqueeze", [qkv, graph.integers([0])]); // [1, S, (H + 2K) D]
  const [mixed, keys, values] = graph.nodeWithOutputs(
    "GroupQueryAttention",
    [
      packed,
      "",
      "",
      graph.input(INPUT.keys(index), shape, "float32"),
      graph.input(INPUT.values(index), shape, "float32"),
      INPUT.lastPosition,
      INPUT.totalLength,
      ...(rope === null ? [] : [INPUT.cos(rope), INPUT.sin(rope)]),
    ],
    {
      count: 3,
      domain: MICROSOFT,
      attributes: {
        num_heads: decoder.heads,
        kv_num_heads: decoder.kvHeads,
        do_rotary: rope === null ? 0 : 1,
        rotary_interleaved: decoder.ropeLayout === "interleaved" ? 1 : 0,
        ...(window !== null && { local_window_size: window }),
      },
    },
  );
  graph.expose(keys!, { shape, type: "float32" });
  graph.expose(values!, { shape, type: "float32" });
  return { mixed: graph.node("Squeeze", [mixed!, graph.integers([0])]), keys: keys!, values: values! };
}

function activate({ graph, plan }: Scope, x: string): string {
  switch (plan.activation) {
    case "silu":
      return graph.node("Mul", [x, graph.node("Sigmoid", [x])]);
    case "gelu":
      return graph.node("Gelu", [x]);
    case "gelu_tanh":
      return graph.node("Gelu", [x], { attributes: { approximate: "tanh" } });
    case "relu":
      return graph.node("Relu", [x]);
  }
}

async function addWeight(
  { graph, file }: Scope,
  name: string,
  { data, shape, type }: { data: Float32Array | Uint8Array; shape: readonly number[]; type: ElementType },
): Promise<string> {
  // A leading word keeps weights apart from graph inputs, which share ONNX's one space of names.
  return graph.weight(`weight.${name}`, await file.append(data), { shape, type });
}
