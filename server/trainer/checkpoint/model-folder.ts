/**
 * A Hugging Face model folder, opened for reading: config.json and tensors by name from one or several safetensors
 * files. Never reads pickled files. It does not know families: names and shapes are taken as they are.
 */

export interface TensorInfo {
  readonly name: string;
  /** As in the file: "F32", "F16", "BF16", "I64", … */
  readonly dtype: string;
  readonly shape: readonly number[];
}

export interface ModelFolder {
  readonly path: string;
  /** config.json as parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The tensor widened to float32, row-major. @throws AppError checkpoint_malformed where it is missing or cut short. */
  read(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}
