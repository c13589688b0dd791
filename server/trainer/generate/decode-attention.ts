/**
 * Attention over the KV cache: norms of queries and keys, rotation, append, softmax. onnxruntime's GroupQueryAttention
 * does all but the norms, with a window, a soft cap, a scale of its own and rope over a part of each head; rotations of
 * a width that it does not take stand before it, and heads of a length that it does not take have zeros behind them.
 */
import { ELEMENT_TYPE, MICROSOFT } from "../executor/onnx/graph-builder";
import { normedHeads } from "../models/block-design";
import { norm, type GraphScope } from "./decode-parts";
import type { LayerPlan } from "./decode-plan";

/** Names of the graph's inputs that attention reads. */
export const ATTENTION_INPUT = {
  /** [1] int32: tokens in the cache after this run, minus one. */
  lastPosition: "last_position",
  /** [1] int32: tokens in the cache after this run. */
  totalLength: "total_length",
  /** [P, R / 2] float32 each, by the rope's key. */
  cos: (rope: string) => `cos.${rope}`,
  sin: (rope: string) => `sin.${rope}`,
  /** [1, K, P, cached D] float32; the run writes the new tokens' rows in place. */
  keys: (layer: number) => `keys.${layer}`,
  values: (layer: number) => `values.${layer}`,
} as const;

/** qkv [S, (H + 2K) D] -> mixed [S, H D], and the names of the cache's outputs. */
export async function attend(
  scope: GraphScope,
  qkv: string,
  { description, index }: LayerPlan,
): Promise<{ mixed: string; keys: string; values: string }> {
  const { graph } = scope;
  const { design, heads, kvHeads, ropeLayout } = scope.plan.decoder;
  const { rope, window } = description;
  const { scale, softcap } = design.attention;
  const rotatesInside = rope !== null && fitsGroupQueryAttention(scope, rope);
  const shape = [1, kvHeads, "P", scope.plan.cachedHeadDim];
  const [mixed, keys, values] = graph.nodeWithOutputs(
    "GroupQueryAttention",
    [
      ...(await attentionOperands(scope, qkv, { description, rotates: rope !== null && !rotatesInside })),
      graph.input(ATTENTION_INPUT.keys(index), shape, "float32"),
      graph.input(ATTENTION_INPUT.values(index), shape, "float32"),
      ATTENTION_INPUT.lastPosition,
      ATTENTION_INPUT.totalLength,
      ...(rotatesInside ? [ATTENTION_INPUT.cos(rope), ATTENTION_INPUT.sin(rope)] : []),
    ],
    {
      count: 3,
      domain: MICROSOFT,
      attributes: {
        num_heads: heads,
        kv_num_heads: kvHeads,
        scale: { float: scale(index) },
        do_rotary: rotatesInside ? 1 : 0,
        rotary_interleaved: ropeLayout === "interleaved" ? 1 : 0,
        ...(window !== null && { local_window_size: window }),
        ...(softcap !== null && { softcap: { float: softcap } }),
      },
    },
  );
  graph.expose(keys!, { shape, type: "float32" });
  graph.expose(values!, { shape, type: "float32" });
  const cut = withoutPadding(scope, mixed!);
  return { mixed: graph.node("Squeeze", [cut, graph.integers([0])]), keys: keys!, values: values! };
}

/** Heads of x [1, S, count * D] with zeros behind them, as the cache has them: scores and sums stay what they are. */
function withPadding({ graph, plan }: GraphScope, x: string, count: number): string {
  const { cachedHeadDim, decoder } = plan;
  const padding = cachedHeadDim - decoder.headDim;
  if (padding === 0) return x;
  const split = graph.node("Reshape", [x, graph.integers([1, -1, count, decoder.headDim])]);
  const padded = graph.node("Pad", [split, graph.integers([0, 0, 0, 0, 0, 0, 0, padding])]);
  return graph.node("Reshape", [padded, graph.integers([1, -1, count * cachedHeadDim])]);
}

/** The way back, over all query heads. */
function withoutPadding({ graph, plan }: GraphScope, x: string): string {
  const { cachedHeadDim, decoder } = plan;
  const { heads, headDim } = decoder;
  if (cachedHeadDim === headDim) return x;
  const split = graph.node("Reshape", [x, graph.integers([1, -1, heads, cachedHeadDim])]);
  const ends = [graph.integers([0]), graph.integers([headDim]), graph.integers([3])];
  return graph.node("Reshape", [
    graph.node("Slice", [split, ...ends]),
    graph.integers([1, -1, heads * headDim]),
  ]);
}

/** It takes tables of a multiple of 8 columns only. */
function fitsGroupQueryAttention({ plan }: GraphScope, rope: string): boolean {
  return (plan.decoder.ropes[rope]!.dimensions / 2) % 8 === 0;
}

/**
 * Query, key and value [1, S, ...]: packed into the first where nothing happens to queries and keys before attention.
 * `rotates`: whether they are rotated here.
 */
async function attentionOperands(
  scope: GraphScope,
  qkv: string,
  { description, rotates }: Pick<LayerPlan, "description"> & { rotates: boolean },
): Promise<string[]> {
  const { graph } = scope;
  const { design, heads, kvHeads, headDim } = scope.plan.decoder;
  const { queryKeyNorm } = design.attention;
  const padded = scope.plan.cachedHeadDim !== headDim;
  const batched = (x: string): string => graph.node("Unsqueeze", [x, graph.integers([0])]);
  if (!queryKeyNorm && !rotates && !padded) return [batched(qkv), "", ""];

  const sizes = [heads * headDim, kvHeads * headDim, kvHeads * headDim];
  const [q, k, v] = graph.nodeWithOutputs("Split", [qkv, graph.integers(sizes)], {
    count: 3,
    attributes: { axis: -1 },
  });
  const prepared = async (x: string, count: number, module: string | undefined): Promise<string> => {
    let normed = batched(x);
    if (queryKeyNorm && module !== undefined) {
      const shape = [-1, ...normedHeads(queryKeyNorm, { count, headDim })];
      const rows = graph.node("Reshape", [x, graph.integers(shape)]);
      const values = await norm(scope, rows, {
        module: description.prefix + module,
        norm: queryKeyNorm.norm,
        ...(queryKeyNorm.over === "own head" && { heads: count }),
      });
      normed = graph.node("Reshape", [values, graph.integers([1, -1, count * headDim])]);
    }
    const rotated = rotates ? rotate(scope, normed, { rope: description.rope!, count }) : normed;
    return withPadding(scope, rotated, count);
  };
  return [
    await prepared(q!, heads, queryKeyNorm?.q),
    await prepared(k!, kvHeads, queryKeyNorm?.k),
    withPadding(scope, batched(v!), kvHeads),
  ];
}

/** x [1, S, count * D], whose first token stands behind those in the cache. */
function rotate(
  { graph, plan }: GraphScope,
  x: string,
  { rope, count }: { rope: string; count: number },
): string {
  const { ropes, ropeLayout } = plan.decoder;
  const total = graph.node("Cast", [ATTENTION_INPUT.totalLength], { attributes: { to: ELEMENT_TYPE.int64 } });
  const added = graph.node("Shape", [x], { attributes: { start: 1, end: 2 } });
  return graph.node(
    "RotaryEmbedding",
    [x, graph.node("Sub", [total, added]), ATTENTION_INPUT.cos(rope), ATTENTION_INPUT.sin(rope)],
    {
      domain: MICROSOFT,
      attributes: {
        num_heads: count,
        rotary_embedding_dim: ropes[rope]!.dimensions,
        interleaved: ropeLayout === "interleaved" ? 1 : 0,
      },
    },
  );
}
