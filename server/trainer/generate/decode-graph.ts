/**
 * The whole model as one ONNX graph that appends S tokens to a KV cache and gives the logits after the last of them.
 * Weights are the graph's own (onnxruntime packs them once); the cache, the rotary tables and every linear's low-rank
 * update come in from outside, so one set of weights serves the base and all of its adapters.
 * It knows operators and shapes, not files. Notation: S new tokens, P positions in the cache, C hidden, V vocabulary,
 * H heads, K kv heads, D head dimension, R rank (0 for the base) or rotated dimensions.
 */
import { GraphBuilder } from "../executor/onnx/graph-builder";
import { attend, ATTENTION_INPUT } from "./decode-attention";
import { feedForward } from "./decode-mlp";
import {
  adapted,
  capped,
  linear,
  loraA,
  loraB,
  norm,
  scaled,
  type GraphScope,
  type WeightSource,
} from "./decode-parts";
import type { DecodePlan, LayerPlan } from "./decode-plan";
import type { WeightFile } from "./weight-file";

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
  ...ATTENTION_INPUT,
  loraA,
  loraB,
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

  const scope: GraphScope = { graph, plan, weights, file };
  const keys: string[] = [];
  const values: string[] = [];
  for (const layer of plan.layers) {
    const block = await appendBlock(scope, x, layer);
    x = block.x;
    keys.push(block.keys);
    values.push(block.values);
  }
  const logits = await appendHead(scope, x);
  graph.expose(logits, { shape: [1, decoder.vocabSize], type: "float32" });
  return { graph, logits, keys, values };
}

/** x [S, C] -> [S, C], and the names of the cache's outputs. */
async function appendBlock(
  scope: GraphScope,
  x: string,
  layer: LayerPlan,
): Promise<{ x: string; keys: string; values: string }> {
  const { graph, plan } = scope;
  const { norm: design, norms, parallel, residualScale } = plan.decoder.design;
  const normed = async (input: string, module: string | null): Promise<string> =>
    module === null ? input : norm(scope, input, { module: layer.description.prefix + module, norm: design });

  const h = await normed(x, norms.beforeAttention);
  const { mixed, keys, values } = await attend(scope, await adapted(scope, h, layer.qkv), layer);
  const attended = await normed(await adapted(scope, mixed, layer.attentionOutput), norms.afterAttention);
  const stream = graph.node("Add", [x, scaled(scope, attended, residualScale)]);
  const m = parallel ? h : await normed(stream, norms.beforeMlp);
  const added = await normed(await feedForward(scope, m, layer.mlp), norms.afterMlp);
  return { x: graph.node("Add", [stream, scaled(scope, added, residualScale)]), keys, values };
}

/** Logits [1, V] after the last of x [S, C]. */
async function appendHead(scope: GraphScope, x: string): Promise<string> {
  const { graph, plan } = scope;
  const { finalNorm, scale, softcap } = plan.decoder.head;
  const end = graph.integers([Number.MAX_SAFE_INTEGER]);
  const last = graph.node("Slice", [x, graph.integers([-1]), end, graph.integers([0])]); // [1, C]
  const rows = scaled(scope, await norm(scope, last, finalNorm), scale);
  const logits = await linear(scope, rows, plan.head);
  return softcap === null ? logits : capped(scope, logits, softcap);
}
