/**
 * How a decoder's block is put together, as data: where its norms stand, what its linears are called, how it attends and
 * what its feed-forward part is. Training and decoding each read it in their own way, so a family is described once.
 */
import type { LinearDescription } from "./family";

export interface NormDesign {
  /** Root mean square, or mean and variance. */
  readonly kind: "rms" | "layer";
  readonly epsilon: number;
  /** Added to the stored weight: the Gemma families store their weights minus one. */
  readonly weightOffset: 0 | 1;
  /** Whether <name>.bias stands beside <name>.weight. */
  readonly bias: boolean;
}

/** A linear by its module name below the layer's prefix. */
export interface LinearUse {
  readonly module: string;
  readonly bias: boolean;
}

export interface AttentionDesign {
  /** One linear whose rows are q's, then k's, then v's; or one each. */
  readonly projections:
    { readonly qkv: LinearUse } | { readonly q: LinearUse; readonly k: LinearUse; readonly v: LinearUse };
  readonly output: LinearUse;
  /**
   * Norm of queries and keys before they are rotated: over each head with weights [D] that all heads share or with
   * weights [heads, D] of its own, or over all heads at once with weights [heads * D].
   */
  readonly queryKeyNorm: {
    readonly q: string;
    readonly k: string;
    readonly over: "head" | "own head" | "all";
    readonly norm: NormDesign;
  } | null;
  /** Multiplies the scores of layer number `layer`. */
  readonly scale: (layer: number) => number;
  /** Scores pass through cap * tanh(score / cap); null: they do not. */
  readonly softcap: number | null;
}

/** down(act(gate(x)) * up(x)) */
export interface GatedMlp {
  readonly kind: "gated";
  /** One linear whose rows are the gate's, then up's; or one each. */
  readonly projections: { readonly gateUp: LinearUse } | { readonly gate: LinearUse; readonly up: LinearUse };
  readonly down: LinearUse;
  readonly width: number;
  readonly activation: string;
}

/** down(act(up(x))) */
export interface PlainMlp {
  readonly kind: "plain";
  readonly up: LinearUse;
  readonly down: LinearUse;
  readonly width: number;
  readonly activation: string;
}

/** Gated MLPs of which every token takes the `chosen` likeliest, weighted by the router's probabilities. */
export interface ExpertsMlp {
  readonly kind: "experts";
  /** Name of the router's tensor [experts, C]. */
  readonly router: string;
  readonly experts: readonly GatedMlp[];
  readonly chosen: number;
  /** Whether the chosen probabilities are scaled to add up to one. */
  readonly normalized: boolean;
}

export type MlpDesign = GatedMlp | PlainMlp | ExpertsMlp;

export interface BlockDesign {
  readonly norm: NormDesign;
  /** Modules of the norms at each place; null: nothing there. */
  readonly norms: {
    readonly beforeAttention: string | null;
    /** On what attention adds to the residual stream. */
    readonly afterAttention: string | null;
    readonly beforeMlp: string | null;
    readonly afterMlp: string | null;
  };
  /** The MLP takes attention's own normed input, and both are added to the stream at once. */
  readonly parallel: boolean;
  readonly attention: AttentionDesign;
  readonly mlp: MlpDesign;
  /** Multiplies what attention and MLP add to the residual stream. */
  readonly residualScale: number;
}

interface Sizes {
  readonly hiddenSize: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
}

/** The block's linears, attention's first. */
export function designedLinears(
  { attention, mlp }: BlockDesign,
  { hiddenSize: C, heads, kvHeads, headDim }: Sizes,
  storedTransposed: boolean,
): Record<string, LinearDescription> {
  const linears: Record<string, LinearDescription> = {};
  const add = ({ module, bias }: LinearUse, inputs: number, outputs: number): void => {
    linears[module] = { inputs, outputs, bias, ...(storedTransposed && { storedTransposed }) };
  };
  const [Q, K] = [heads * headDim, kvHeads * headDim];
  const { projections } = attention;
  if ("qkv" in projections) add(projections.qkv, C, Q + 2 * K);
  else {
    add(projections.q, C, Q);
    add(projections.k, C, K);
    add(projections.v, C, K);
  }
  add(attention.output, Q, C);
  for (const part of mlp.kind === "experts" ? mlp.experts : [mlp]) {
    if (part.kind === "plain") add(part.up, C, part.width);
    else if ("gateUp" in part.projections) add(part.projections.gateUp, C, 2 * part.width);
    else {
      add(part.projections.gate, C, part.width);
      add(part.projections.up, C, part.width);
    }
    add(part.down, part.width, C);
  }
  return linears;
}

/** The tensors of a norm, by full or layer-relative name. */
export function normTensors(
  module: string,
  shape: readonly number[],
  { bias }: NormDesign,
): Record<string, readonly number[]> {
  return { [`${module}.weight`]: shape, ...(bias && { [`${module}.bias`]: shape }) };
}

/** The shape of the weights of a norm over `count` heads, and of each row that it is computed on. */
export function normedHeads(
  { over }: Pick<NonNullable<AttentionDesign["queryKeyNorm"]>, "over">,
  { count, headDim }: { count: number; headDim: number },
): number[] {
  if (over === "head") return [headDim];
  return over === "own head" ? [count, headDim] : [count * headDim];
}

/** The block's tensors that belong to no linear: norms and the router. */
export function designedTensors(
  { norm, norms, attention, mlp }: BlockDesign,
  { hiddenSize: C, heads, kvHeads, headDim }: Sizes,
): Record<string, readonly number[]> {
  const tensors: Record<string, readonly number[]> = {};
  for (const module of Object.values(norms))
    if (module !== null) Object.assign(tensors, normTensors(module, [C], norm));
  const between = attention.queryKeyNorm;
  if (between) {
    const shape = (count: number) => normedHeads(between, { count, headDim });
    Object.assign(tensors, normTensors(between.q, shape(heads), between.norm));
    Object.assign(tensors, normTensors(between.k, shape(kvHeads), between.norm));
  }
  if (mlp.kind === "experts") tensors[mlp.router] = [mlp.experts.length, C];
  return tensors;
}
