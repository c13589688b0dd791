/**
 * What the decode graph's layers are made of: norms, linears with their adapters, capped values. It knows operators and
 * shapes, not where in a layer a part stands. Notation as in decode-graph.
 */
import { MICROSOFT, type ElementType, type GraphBuilder } from "../executor/onnx/graph-builder";
import type { NormDesign } from "../models/block-design";
import type { DecodePlan, FusedLinear } from "./decode-plan";
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
  /** Any other tensor, flat. */
  vector(name: string): Promise<Float32Array>;
}

/** What parts of the graph are appended with. */
export interface GraphScope {
  readonly graph: GraphBuilder;
  readonly plan: DecodePlan;
  readonly weights: WeightSource;
  readonly file: Pick<WeightFile, "append">;
}

/** Names of the inputs of an adapter: [inputs, R] and [R, outputs] float32; B carries the adapter's scale. */
export const loraA = (linear: FusedLinear): string => `${linear.name}.lora_A`;
export const loraB = (linear: FusedLinear): string => `${linear.name}.lora_B`;

/**
 * Over the last axis of x, whose length the norm's weight has. `module` is the norm's full name.
 * @param heads how many heads x [N, heads, D] has, where each is weighted by a row of weights of its own
 */
export async function norm(
  { graph, weights }: GraphScope,
  x: string,
  { module, norm: design, heads }: { module: string; norm: NormDesign; heads?: number },
): Promise<string> {
  const { kind, epsilon, weightOffset, bias } = design;
  const vector = async (name: string, offset = 0): Promise<string> => {
    const values = await weights.vector(name);
    return graph.constant(offset === 0 ? values : values.map((v) => v + offset), [values.length], "float32");
  };
  const operator = kind === "rms" ? "SimplifiedLayerNormalization" : "LayerNormalization";
  const attributes = { axis: -1, epsilon: { float: epsilon } };
  if (heads !== undefined) {
    const rows = await weights.vector(`${module}.weight`);
    const width = rows.length / heads;
    const ones = graph.constant(new Float32Array(width).fill(1), [width], "float32");
    const standard = graph.node(operator, [x, ones], { attributes });
    return graph.node("Mul", [standard, graph.constant(rows, [heads, width], "float32")]);
  }
  const inputs = [x, await vector(`${module}.weight`, weightOffset)];
  if (bias) inputs.push(await vector(`${module}.bias`));
  return graph.node(operator, inputs, { attributes });
}

/** x times a number. */
export function scaled({ graph }: GraphScope, x: string, factor: number): string {
  return factor === 1 ? x : graph.node("Mul", [x, graph.constant([factor], [], "float32")]);
}

/** cap * tanh(x / cap) */
export function capped(scope: GraphScope, x: string, cap: number): string {
  return scaled(scope, scope.graph.node("Tanh", [scaled(scope, x, 1 / cap)]), cap);
}

/** x [S, inputs] -> [S, outputs]: W x + bias, plus the adapter's (x A) B. */
export async function adapted(scope: GraphScope, x: string, described: FusedLinear): Promise<string> {
  const { graph } = scope;
  const y = await linear(scope, x, described);
  const rank = `R.${described.name}`;
  const a = graph.input(loraA(described), [described.inputs, rank], "float32");
  const b = graph.input(loraB(described), [rank, described.outputs], "float32");
  return graph.node("Gemm", [graph.node("MatMul", [x, a]), b, y]);
}

/** x [S, inputs] -> [S, outputs]: W x + bias. */
export async function linear(scope: GraphScope, x: string, described: FusedLinear): Promise<string> {
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

async function addWeight(
  { graph, file }: GraphScope,
  name: string,
  { data, shape, type }: { data: Float32Array | Uint8Array; shape: readonly number[]; type: ElementType },
): Promise<string> {
  // A leading word keeps weights apart from graph inputs, which share ONNX's one space of names.
  return graph.weight(`weight.${name}`, await file.append(data), { shape, type });
}
