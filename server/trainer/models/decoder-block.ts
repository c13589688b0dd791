/**
 * A block's computation as its design says, in TensorFlow.js operations: norms, attention, feed-forward part, residuals.
 * It does not know families by name, nor what `linear` does beside multiplying.
 */
import * as tf from "@tensorflow/tfjs-core";
import { activation } from "../nn/activation";
import { attend, splitHeads, type HeadLayout } from "../nn/attention";
import { routeTokens } from "../nn/experts";
import { layerNorm, rmsNorm } from "../nn/norm";
import { applyRope } from "../nn/rope";
import {
  normedHeads,
  type BlockDesign,
  type ExpertsMlp,
  type GatedMlp,
  type MlpDesign,
  type NormDesign,
  type PlainMlp,
} from "./block-design";
import type { BlockScope, Decoder } from "./family";

type BlockShape = Pick<Decoder, "heads" | "kvHeads" | "headDim" | "ropeLayout">;

/** x [N, …, C] normalised over its last axis; `weight` finds the norm's tensors by name. */
export function designedNorm(
  x: tf.Tensor,
  { module, norm }: { module: string; norm: NormDesign },
  weight: (name: string) => tf.Tensor,
): tf.Tensor {
  const stored = weight(`${module}.weight`);
  const scale = norm.weightOffset === 0 ? stored : tf.add(stored, norm.weightOffset);
  if (norm.kind === "rms") return rmsNorm(x, scale, norm.epsilon);
  return layerNorm(x, { weight: scale, bias: norm.bias ? weight(`${module}.bias`) : null }, norm.epsilon);
}

/** The function of a decoder with this design: x [B*T, C] -> [B*T, C]. */
export function designedBlock(design: BlockDesign, shape: BlockShape): Decoder["block"] {
  const { norms, parallel, residualScale } = design;
  const feedForward = feedForwardOf(design.mlp);
  return (x, scope, layer) => {
    const norm = (module: string | null, input: tf.Tensor): tf.Tensor =>
      module === null
        ? input
        : designedNorm(input, { module, norm: design.norm }, (name) => scope.weight(name));
    const scaled = (added: tf.Tensor): tf.Tensor =>
      residualScale === 1 ? added : tf.mul(added, residualScale);

    const h = norm(norms.beforeAttention, x);
    const attended = scaled(norm(norms.afterAttention, attention(h, { design, shape, scope, layer })));
    const stream = tf.add(x, attended);
    const m = parallel ? h : norm(norms.beforeMlp, stream);
    return tf.add(stream, scaled(norm(norms.afterMlp, feedForward(m, scope))));
  };
}

interface AttentionContext {
  readonly design: BlockDesign;
  readonly shape: BlockShape;
  readonly scope: BlockScope;
  readonly layer: number;
}

/** h [B*T, C] -> [B*T, C] */
function attention(h: tf.Tensor, { design, shape, scope, layer }: AttentionContext): tf.Tensor {
  const { heads, kvHeads, headDim, ropeLayout } = shape;
  const { projections, output, queryKeyNorm, scale, softcap } = design.attention;
  const layout: HeadLayout = { B: scope.B, T: scope.T, heads, kvHeads, headDim };
  const [flatQ, flatK, flatV] =
    "qkv" in projections
      ? tf.split(
          scope.linear(projections.qkv.module, h),
          [heads * headDim, kvHeads * headDim, kvHeads * headDim],
          -1,
        )
      : [projections.q, projections.k, projections.v].map(({ module }) => scope.linear(module, h));

  const prepare = (flat: tf.Tensor, count: number, module: string | undefined): tf.Tensor => {
    let normed = flat; // [B*T, count * D]
    if (queryKeyNorm && module !== undefined) {
      const rows = tf.reshape(flat, [-1, ...normedHeads(queryKeyNorm, { count, headDim })]);
      const { norm } = queryKeyNorm;
      normed = tf.reshape(
        designedNorm(rows, { module, norm }, (name) => scope.weight(name)),
        flat.shape,
      );
    }
    const split = splitHeads(normed, layout, count);
    return scope.rope ? applyRope(split, scope.rope, ropeLayout) : split;
  };
  const q = prepare(flatQ!, heads, queryKeyNorm?.q);
  const k = prepare(flatK!, kvHeads, queryKeyNorm?.k);
  const v = splitHeads(flatV!, layout, kvHeads);
  const mixed = attend({ q, k, v, mask: scope.mask, scale: scale(layer), softcap }, layout);
  return scope.linear(output.module, mixed);
}

/** m [B*T, C] -> [B*T, C] */
type FeedForward = (m: tf.Tensor, scope: BlockScope) => tf.Tensor;

/** @throws AppError unsupported for an activation that is not there */
function feedForwardOf(design: MlpDesign): FeedForward {
  switch (design.kind) {
    case "gated":
      return gatedMlp(design);
    case "plain":
      return plainMlp(design);
    case "experts":
      return mixtureOfExperts(design);
  }
}

function gatedMlp({ projections, down, activation: name }: GatedMlp): FeedForward {
  const act = activation(name);
  return (m, scope) => {
    const [gate, up] =
      "gateUp" in projections
        ? tf.split(scope.linear(projections.gateUp.module, m), 2, -1)
        : [scope.linear(projections.gate.module, m), scope.linear(projections.up.module, m)];
    return scope.linear(down.module, tf.mul(act(gate!), up!));
  };
}

function plainMlp({ up, down, activation: name }: PlainMlp): FeedForward {
  const act = activation(name);
  return (m, scope) => scope.linear(down.module, act(scope.linear(up.module, m)));
}

/**
 * Every expert computes every token and most of it is weighted by zero: graphs have fixed shapes, and which tokens go
 * where is only known when they run.
 */
function mixtureOfExperts(design: ExpertsMlp): FeedForward {
  const experts = design.experts.map(gatedMlp);
  return (m, scope) => {
    const scores = tf.matMul(m, scope.weight(design.router), false, true); // [N, E]
    const shares = tf.split(routeTokens(scores, design), experts.length, -1); // E of [N, 1]
    const outputs = experts.map((expert, i) => tf.mul(expert(m, scope), shares[i]!));
    return outputs.reduce((sum, output) => tf.add(sum, output));
  };
}
