/** Recorders of TensorFlow.js kernels that work element by element, with numpy broadcasting. */
import { backend_util } from "@tensorflow/tfjs-core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { ELEMENT_TYPE, type ElementType } from "../graph-builder";
import type { KernelRecorder } from "../trace";

const BINARY = {
  Add: "Add",
  Sub: "Sub",
  Multiply: "Mul",
  RealDiv: "Div",
  Maximum: "Max",
  Minimum: "Min",
  Pow: "Pow",
} as const;

const COMPARISON = {
  Equal: "Equal",
  Greater: "Greater",
  GreaterEqual: "GreaterOrEqual",
  Less: "Less",
  LessEqual: "LessOrEqual",
  LogicalAnd: "And",
  LogicalOr: "Or",
} as const;

const UNARY = {
  Abs: "Abs",
  Ceil: "Ceil",
  Cos: "Cos",
  Erf: "Erf",
  Exp: "Exp",
  Floor: "Floor",
  Log: "Log",
  LogicalNot: "Not",
  Neg: "Neg",
  Reciprocal: "Reciprocal",
  Relu: "Relu",
  Sigmoid: "Sigmoid",
  Sign: "Sign",
  Sin: "Sin",
  Softplus: "Softplus",
  Sqrt: "Sqrt",
  Tanh: "Tanh",
} as const;

const binary =
  (operator: string): KernelRecorder =>
  ({ inputs: { a, b } }, { graph, name, symbol }) =>
    symbol(graph.node(operator, [name(a!), name(b!)]), broadcast(a!, b!), a!.dtype);

const comparison =
  (operator: string): KernelRecorder =>
  ({ inputs: { a, b } }, { graph, name, symbol }) =>
    symbol(graph.node(operator, [name(a!), name(b!)]), broadcast(a!, b!), "bool");

const unary =
  (operator: string): KernelRecorder =>
  ({ inputs: { x } }, { graph, name, symbol }) =>
    symbol(graph.node(operator, [name(x!)]), x!.shape, x!.dtype);

function broadcast(a: TensorInfo, b: TensorInfo): number[] {
  return backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
}

const each = (operators: Readonly<Record<string, string>>, recorder: (operator: string) => KernelRecorder) =>
  Object.fromEntries(Object.entries(operators).map(([kernel, operator]) => [kernel, recorder(operator)]));

export const ELEMENTWISE_KERNELS: Readonly<Record<string, KernelRecorder>> = {
  ...each(BINARY, binary),
  ...each(COMPARISON, comparison),
  ...each(UNARY, unary),

  Identity: ({ inputs: { x } }, { name, symbol }) => symbol(name(x!), x!.shape, x!.dtype),

  Square: ({ inputs: { x } }, { graph, name, symbol }) =>
    symbol(graph.node("Mul", [name(x!), name(x!)]), x!.shape, x!.dtype),

  SquaredDifference: ({ inputs: { a, b } }, { graph, name, symbol }) => {
    const difference = graph.node("Sub", [name(a!), name(b!)]);
    return symbol(graph.node("Mul", [difference, difference]), broadcast(a!, b!), a!.dtype);
  },

  Rsqrt: ({ inputs: { x } }, { graph, name, symbol }) =>
    symbol(graph.node("Reciprocal", [graph.node("Sqrt", [name(x!)])]), x!.shape, x!.dtype),

  /** 1 where x > 0, else alpha. */
  Step: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const positive = graph.node("Greater", [name(x!), graph.constant([0], [], "float32")]);
    const alpha = (attrs["alpha"] as number | undefined) ?? 0;
    const values = [graph.constant([1], [], "float32"), graph.constant([alpha], [], "float32")];
    return symbol(graph.node("Where", [positive, ...values]), x!.shape, x!.dtype);
  },

  ClipByValue: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const limits = [attrs["clipValueMin"], attrs["clipValueMax"]].map((v) =>
      graph.constant([v as number], [], "float32"),
    );
    return symbol(graph.node("Clip", [name(x!), ...limits]), x!.shape, x!.dtype);
  },

  Cast: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const dtype = attrs["dtype"] as TensorInfo["dtype"];
    if (x!.dtype === dtype) return symbol(name(x!), x!.shape, dtype);
    const to = ELEMENT_TYPE[dtype as ElementType];
    return symbol(graph.node("Cast", [name(x!)], { attributes: { to } }), x!.shape, dtype);
  },

  Select: ({ inputs: { condition, t, e } }, { graph, name, symbol }) =>
    symbol(graph.node("Where", [name(condition!), name(t!), name(e!)]), t!.shape, t!.dtype),
};
