/** Recorders of TensorFlow.js kernels that move, select or make elements without arithmetic. */
import { util } from "@tensorflow/tfjs-core";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { ELEMENT_TYPE, type ElementType } from "../graph-builder";
import type { KernelRecorder, Recording } from "../trace";

const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? (value as number[]) : [value as number];
const positive = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

function reshape(x: TensorInfo, shape: readonly number[], { graph, name, symbol }: Recording): TensorInfo {
  return symbol(graph.node("Reshape", [name(x), graph.integers(shape)]), shape, x.dtype);
}

function filled(
  recording: Recording,
  { shape, dtype }: { shape: number[]; dtype: DataType },
  value: number,
): TensorInfo {
  const values = util.getArrayFromDType(dtype as "float32" | "int32" | "bool", util.sizeFromShape(shape));
  return recording.constant(values.fill(value), shape, dtype);
}

export const SHAPE_KERNELS: Readonly<Record<string, KernelRecorder>> = {
  Reshape: ({ inputs: { x }, attrs }, recording) => {
    const shape = util.inferFromImplicitShape(numbers(attrs["shape"]), util.sizeFromShape(x!.shape));
    return reshape(x!, shape, recording);
  },

  ExpandDims: ({ inputs: { input }, attrs }, recording) => {
    const shape = input!.shape.slice();
    shape.splice(positive(attrs["dim"] as number, shape.length + 1), 0, 1);
    return reshape(input!, shape, recording);
  },

  Transpose: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const perm = numbers(attrs["perm"]);
    const shape = perm.map((axis) => x!.shape[axis]!);
    return symbol(graph.node("Transpose", [name(x!)], { attributes: { perm } }), shape, x!.dtype);
  },

  Concat: ({ inputs, attrs }, { graph, name, symbol }) => {
    const parts = Object.values(inputs);
    const shape = parts[0]!.shape.slice();
    const axis = positive(attrs["axis"] as number, shape.length);
    shape[axis] = parts.reduce((total, part) => total + part.shape[axis]!, 0);
    return symbol(graph.node("Concat", parts.map(name), { attributes: { axis } }), shape, parts[0]!.dtype);
  },

  SplitV: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const axis = positive(attrs["axis"] as number, x!.shape.length);
    const given = attrs["numOrSizeSplits"] as number | number[];
    const sizes = Array.isArray(given) ? given : Array<number>(given).fill(x!.shape[axis]! / given);
    const names = graph.nodeWithOutputs("Split", [name(x!), graph.integers(sizes)], {
      attributes: { axis },
      count: sizes.length,
    });
    return names.map((part, i) => {
      const shape = x!.shape.map((size, j) => (j === axis ? sizes[i]! : size));
      return symbol(part, shape, x!.dtype);
    });
  },

  Slice: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const begin = x!.shape.map((_, axis) => numbers(attrs["begin"])[axis] ?? 0);
    const wanted = numbers(attrs["size"]);
    const size = x!.shape.map((whole, i) => ((wanted[i] ?? -1) === -1 ? whole - begin[i]! : wanted[i]!));
    const end = begin.map((start, i) => start + size[i]!);
    const axes = begin.map((_, i) => i);
    const inputs = [name(x!), graph.integers(begin), graph.integers(end), graph.integers(axes)];
    return symbol(graph.node("Slice", inputs), size, x!.dtype);
  },

  PadV2: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const paddings = attrs["paddings"] as [number, number][];
    const pads = graph.integers([
      ...paddings.map(([before]) => before),
      ...paddings.map(([, after]) => after),
    ]);
    const value = graph.constant([attrs["constantValue"] as number], [], x!.dtype as ElementType);
    const shape = x!.shape.map((size, i) => size + paddings[i]![0] + paddings[i]![1]);
    return symbol(graph.node("Pad", [name(x!), pads, value]), shape, x!.dtype);
  },

  Tile: ({ inputs: { x }, attrs }, { graph, name, symbol }) => {
    const reps = numbers(attrs["reps"]);
    const shape = x!.shape.map((size, i) => size * reps[i]!);
    return symbol(graph.node("Tile", [name(x!), graph.integers(reps)]), shape, x!.dtype);
  },

  GatherV2: ({ inputs: { x, indices }, attrs }, { graph, name, symbol }) => {
    const axis = positive((attrs["axis"] as number | undefined) ?? 0, x!.shape.length);
    const shape = [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)];
    return symbol(
      graph.node("Gather", [name(x!), name(indices!)], { attributes: { axis } }),
      shape,
      x!.dtype,
    );
  },

  /** The gradient of GatherV2 along axis 0: rows of x added into zeros at segmentIds. */
  UnsortedSegmentSum: ({ inputs: { x, segmentIds }, attrs }, { graph, name, symbol }) => {
    const shape = [attrs["numSegments"] as number, ...x!.shape.slice(1)];
    const zeros = graph.node("ConstantOfShape", [graph.integers(shape)]);
    const ids = graph.node("Cast", [name(segmentIds!)], { attributes: { to: ELEMENT_TYPE.int64 } });
    const index = graph.node("Unsqueeze", [ids, graph.integers([-1])]);
    return symbol(
      graph.node("ScatterND", [zeros, index, name(x!)], { attributes: { reduction: "add" } }),
      shape,
      x!.dtype,
    );
  },

  OneHot: ({ inputs: { indices }, attrs }, { graph, name, symbol }) => {
    const depth = attrs["depth"] as number;
    const dtype = (attrs["dtype"] as DataType | undefined) ?? "int32";
    const ids = graph.node("Cast", [name(indices!)], { attributes: { to: ELEMENT_TYPE.int64 } });
    const values = graph.constant([attrs["offValue"] as number, attrs["onValue"] as number], [2], "float32");
    // onnxruntime has OneHot for float32 only.
    const hot = graph.node("OneHot", [ids, graph.integers([depth]), values], { attributes: { axis: -1 } });
    const to = ELEMENT_TYPE[dtype as ElementType];
    const value = dtype === "float32" ? hot : graph.node("Cast", [hot], { attributes: { to } });
    return symbol(value, [...indices!.shape, depth], dtype);
  },

  Fill: ({ attrs }, recording) => {
    const spec = {
      shape: attrs["shape"] as number[],
      dtype: (attrs["dtype"] as DataType | undefined) ?? "float32",
    };
    return filled(recording, spec, attrs["value"] as number);
  },

  Range: ({ attrs }, recording) => {
    const [start, stop, step] = [attrs["start"], attrs["stop"], attrs["step"]] as [number, number, number];
    const dtype = (attrs["dtype"] as DataType | undefined) ?? "float32";
    const length = Math.max(0, Math.ceil((stop - start) / step));
    const values = Array.from({ length }, (_, i) => start + i * step);
    return recording.constant(
      dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values),
      [length],
      dtype,
    );
  },

  ZerosLike: ({ inputs: { x } }, recording) => filled(recording, x!, 0),
  OnesLike: ({ inputs: { x } }, recording) => filled(recording, x!, 1),
};
