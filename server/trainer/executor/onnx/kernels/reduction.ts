/** Recorders of TensorFlow.js kernels that reduce or normalise along axes. */
import { util } from "@tensorflow/tfjs-core";
import { ELEMENT_TYPE } from "../graph-builder";
import type { KernelRecorder } from "../trace";

const REDUCTION = {
  Sum: "ReduceSum",
  Mean: "ReduceMean",
  Max: "ReduceMax",
  Min: "ReduceMin",
  Prod: "ReduceProd",
} as const;

const reduction =
  (operator: string): KernelRecorder =>
  ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const { shape, dtype } = x!;
    const given = (attrs["axis"] ?? attrs["reductionIndices"]) as number | number[] | null;
    const axes = util.parseAxisParam(given!, shape);
    const keepDims = attrs["keepDims"] === true;
    const reduced = keepDims
      ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : shape.filter((_, axis) => !axes.includes(axis));
    const attributes = { keepdims: keepDims ? 1 : 0 };
    return symbol(graph.node(operator, [name(x!), graph.integers(axes)], { attributes }), reduced, dtype);
  };

export const REDUCTION_KERNELS: Readonly<Record<string, KernelRecorder>> = {
  ...Object.fromEntries(Object.entries(REDUCTION).map(([kernel, operator]) => [kernel, reduction(operator)])),

  Softmax: ({ inputs: { logits }, attrs }, { graph, name, symbol }) => {
    const attributes = { axis: attrs["dim"] as number };
    return symbol(graph.node("Softmax", [name(logits!)], { attributes }), logits!.shape);
  },

  LogSoftmax: ({ inputs: { logits }, attrs }, { graph, name, symbol }) => {
    const attributes = { axis: attrs["axis"] as number };
    return symbol(graph.node("LogSoftmax", [name(logits!)], { attributes }), logits!.shape);
  },

  /** The k largest of the last axis, in falling order, and where they stood. */
  TopK: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const k = attrs["k"] as number;
    const [values, indices] = graph.nodeWithOutputs("TopK", [name(x!), graph.integers([k])], {
      count: 2,
      attributes: { axis: -1 },
    });
    const shape = [...x!.shape.slice(0, -1), k];
    const places = graph.node("Cast", [indices!], { attributes: { to: ELEMENT_TYPE.int32 } });
    return [symbol(values!, shape, x!.dtype), symbol(places, shape, "int32")];
  },

  ArgMax: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const [axis] = util.parseAxisParam(attrs["axis"] as number, x!.shape);
    const best = graph.node("ArgMax", [name(x!)], { attributes: { axis: axis!, keepdims: 0 } });
    const shape = x!.shape.filter((_, i) => i !== axis);
    return symbol(graph.node("Cast", [best], { attributes: { to: 6 } }), shape, "int32");
  },
};
