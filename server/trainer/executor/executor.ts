/**
 * The seam under the trainer: something that takes a function over named TensorFlow.js tensors and runs it.
 * Everything numeric above this line (blocks, heads, losses, adapters) is written once against it.
 * An executor does not know models, batches or files.
 */
import type * as tf from "@tensorflow/tfjs-core";

/** Element types that cross the seam. int8 and uint8 hold quantised weights; TensorFlow.js sees them as int32. */
export type DType = "float32" | "int32" | "int8" | "uint8";

/** A tensor in this process's memory, row-major. The owner of `data` is whoever made it; executors only borrow. */
export interface HostTensor {
  readonly data: Float32Array | Int32Array | Int8Array | Uint8Array;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Set where `data` never changes (frozen weights): an executor may keep its own copy on a device. */
  readonly constant?: boolean;
}

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export type NamedTensors = Record<string, tf.Tensor>;
export type NamedHostTensors = Record<string, HostTensor>;

/** A pure function over named tensors: no reads of values, no state. */
export type TensorFunction = (inputs: NamedTensors) => NamedTensors;

export interface CompiledFunction {
  /** Inputs that the function really uses; feeding more is allowed. */
  readonly inputNames: readonly string[];
  /**
   * Runs once. Where `outputs` holds a tensor of an output's name, the result is written into its `data` and that same
   * object is returned; other outputs are freshly made.
   */
  run(inputs: NamedHostTensors, outputs?: NamedHostTensors): Promise<NamedHostTensors>;
  dispose(): void;
}

export interface Executor {
  readonly id: "onnx" | "tfjs";
  /** In words, for the log: "onnxruntime 1.30.0, CPU, 2 threads". */
  readonly device: string;
  /** Whether it computes only what outputs depend on, so that work whose result is replaced costs nothing. */
  readonly skipsUnused: boolean;
  /** Prepares `fn` for inputs of exactly these shapes. `name` appears in error messages. */
  compile(name: string, fn: TensorFunction, specs: Record<string, TensorSpec>): Promise<CompiledFunction>;
  dispose(): void;
}
