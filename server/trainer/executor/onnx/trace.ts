/**
 * A TensorFlow.js backend that records instead of computing: a function run on it once, over symbolic tensors, leaves
 * behind an ONNX graph of everything it did, TensorFlow.js's own autodiff included. It does not know onnxruntime.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { TensorFunction, TensorSpec } from "../executor";
import { GraphBuilder, type ElementType } from "./graph-builder";

export const TRACE_BACKEND = "tuneboard-trace";

/** What stands behind a tensor of this backend: the name of a value of the graph, or a constant not yet in it. */
interface Symbolic {
  name: string | null;
  readonly values: tf.BackendValues | null;
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
}

/** What a kernel recorder works with. */
export interface Recording {
  readonly graph: GraphBuilder;
  /** The graph's name of a tensor; a constant is put into the graph on its first use. */
  readonly name: (tensor: tf.TensorInfo) => string;
  /** A tensor that stands for the graph's value `name`. */
  readonly symbol: (name: string, shape: readonly number[], dtype?: tf.DataType) => tf.TensorInfo;
  /** A constant tensor. */
  readonly constant: (values: tf.TypedArray, shape: readonly number[], dtype: tf.DataType) => tf.TensorInfo;
}

export interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** Appends one TensorFlow.js kernel to the graph. */
export type KernelRecorder = (call: KernelCall, recording: Recording) => tf.TensorInfo | tf.TensorInfo[];

class TraceBackend extends tf.KernelBackend implements Recording {
  private readonly symbols = new tf.DataStorage<Symbolic>(this, tf.engine());
  private current: GraphBuilder | null = null;

  get graph(): GraphBuilder {
    if (!this.current) throw new Error("a traced tensor was used outside of its trace");
    return this.current;
  }

  /** Sets or ends the recording; traces never nest, because they are synchronous. */
  record(graph: GraphBuilder | null): void {
    this.current = graph;
  }

  // Arrow functions, because recorders take them out of the object.
  name = (tensor: tf.TensorInfo): string => {
    const symbol = this.symbols.get(tensor.dataId);
    symbol.name ??= this.graph.constant(
      symbol.values as ArrayLike<number>,
      tensor.shape,
      elementType(tensor.dtype),
    );
    return symbol.name;
  };

  symbol = (name: string, shape: readonly number[], dtype: tf.DataType = "float32"): tf.TensorInfo =>
    this.store({ name, values: null, shape, dtype });

  constant = (values: tf.TypedArray, shape: readonly number[], dtype: tf.DataType): tf.TensorInfo =>
    this.store({ name: null, values, shape, dtype });

  private store(symbol: Symbolic): tf.TensorInfo {
    const dataId = {};
    this.symbols.set(dataId, symbol);
    return { dataId, shape: [...symbol.shape], dtype: symbol.dtype };
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.store({ name: null, values, shape, dtype }).dataId;
  }

  override move(): void {
    throw new Error("a traced function may only use its inputs and constants that it makes itself");
  }

  override readSync(dataId: object): tf.BackendValues {
    const { values } = this.symbols.get(dataId);
    if (!values) throw new Error("a traced function must not read the values of tensors");
    return values;
  }

  override read(dataId: object): Promise<tf.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override disposeData(dataId: object): boolean {
    this.symbols.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.symbols.numDataIds();
  }

  override incRef(): void {}

  override refCount(): number {
    return 1;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ["a trace holds no values"] };
  }
}

function elementType(dtype: tf.DataType): ElementType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new Error(`tensors of type ${dtype} cannot be traced`);
}

let backend: TraceBackend | null = null;

/** The one tracing backend of this process, with `kernels` registered the first time. */
function traceBackend(kernels: Readonly<Record<string, KernelRecorder>>): TraceBackend {
  if (backend) return backend;
  const made = new TraceBackend();
  tf.registerBackend(TRACE_BACKEND, () => made, 0);
  for (const [kernelName, record] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: TRACE_BACKEND,
      kernelFunc: ({ inputs, attrs }) =>
        record({ inputs: inputs as KernelCall["inputs"], attrs: attrs ?? {} }, made),
    });
  }
  backend = made;
  return made;
}

/**
 * Records `fn` for inputs of exactly `specs`, pruned to what its outputs need. Outputs keep their names behind the
 * prefix that `outputName` adds, because an ONNX graph's inputs and outputs share one space of names.
 * @throws Error naming the kernel where `fn` uses one that has no recorder
 */
export function trace(
  fn: TensorFunction,
  specs: Readonly<Record<string, TensorSpec>>,
  kernels: Readonly<Record<string, KernelRecorder>>,
): GraphBuilder {
  const recording = traceBackend(kernels);
  const graph = new GraphBuilder();
  const before = tf.engine().backendName;
  // Both backends are ready, so setBackend takes effect before its promise is looked at and the trace stays synchronous:
  // nothing else can run on the wrong backend in between.
  void tf.setBackend(TRACE_BACKEND);
  recording.record(graph);
  try {
    tf.tidy(() => {
      const inputs = Object.entries(specs).map(([name, { shape, dtype }]) => {
        graph.input(name, shape, dtype);
        // TensorFlow.js has no 8-bit types: to it such a tensor is int32, and only own kernels may touch it.
        const seen = dtype === "float32" ? "float32" : "int32";
        return [name, tf.engine().makeTensorFromTensorInfo(recording.symbol(name, shape, seen))] as const;
      });
      for (const [name, tensor] of Object.entries(fn(Object.fromEntries(inputs)))) {
        graph.output(outputName(name), recording.name(tensor), {
          shape: tensor.shape,
          type: elementType(tensor.dtype),
        });
      }
    });
  } finally {
    recording.record(null);
    if (before) void tf.setBackend(before);
  }
  graph.prune();
  return graph;
}

export function outputName(name: string): string {
  return `out:${name}`;
}
