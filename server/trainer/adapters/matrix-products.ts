/**
 * Products of one matrix W with sets of vectors, on the executor in float32: images under W and W^T W, and Chebyshev
 * polynomials of W^T W (Zhou and Saad, 2006). It does not know what they are for.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { CompiledFunction, Executor, HostTensor, TensorSpec } from "../executor/executor";

/** The products for one size of matrix and number of vectors. */
export interface ProductGraphs {
  /** q [count, columns] -> y = q W^T [count, rows] and z = y W [count, columns] */
  readonly products: CompiledFunction;
  /** current, previous [count, columns] -> alpha * current W^T W - beta * current - previous */
  readonly step: CompiledFunction;
}

export async function compileProducts(
  executor: Executor,
  { rows, columns, count }: { rows: number; columns: number; count: number },
): Promise<ProductGraphs> {
  const float32 = (...shape: number[]): TensorSpec => ({ shape, dtype: "float32" });
  const [weight, vectors] = [float32(rows, columns), float32(count, columns)];
  const what = `singular vectors ${rows}x${columns}`;
  return {
    products: await executor.compile(
      what,
      ({ q, weight: w }) => {
        const y = tf.matMul(q!, w!, false, true);
        return { y, z: tf.matMul(y, w!) };
      },
      { q: vectors, weight },
    ),
    step: await executor.compile(
      `${what} step`,
      ({ current, previous, alpha, beta, weight: w }) => {
        const image = tf.matMul(tf.matMul(current!, w!, false, true), w!);
        const next = tf.sub(tf.mul(image, alpha!), tf.mul(current!, beta!));
        return { next: tf.sub(next, previous!) };
      },
      { current: vectors, previous: vectors, alpha: float32(1), beta: float32(1), weight },
    ),
  };
}

export interface Images {
  /** W q of every vector of the basis. */
  readonly y: Float64Array[];
  /** W^T W q. */
  readonly z: Float64Array[];
}

/** Products with one matrix, counted. */
export class MatrixProducts {
  count = 0;

  constructor(
    private readonly graphs: ProductGraphs,
    private readonly weight: HostTensor,
  ) {}

  async images(basis: readonly Float64Array[]): Promise<Images> {
    const [rows, columns] = this.weight.shape;
    this.count++;
    const q = { data: joined(basis), shape: [basis.length, columns!], dtype: "float32" as const };
    const { y, z } = await this.graphs.products.run({ q, weight: this.weight });
    return {
      y: separated(y!.data as Float32Array, rows!),
      z: separated(z!.data as Float32Array, columns!),
    };
  }

  /** The Chebyshev polynomial of degree `steps` of W^T W, small on [0, cut] and growing beyond, applied to the basis. */
  async filtered(
    basis: readonly Float64Array[],
    { steps, cut }: { steps: number; cut: number },
  ): Promise<Float64Array[]> {
    const columns = this.weight.shape[1]!;
    const tensor = (data: Float32Array): HostTensor => ({
      data,
      shape: [basis.length, columns],
      dtype: "float32",
    });
    const number = (value: number): HostTensor => ({
      data: Float32Array.of(value),
      shape: [1],
      dtype: "float32",
    });
    let current = tensor(joined(basis));
    let previous = tensor(new Float32Array(basis.length * columns));
    for (let step = 1; step <= steps; step++) {
      this.count++;
      // T_1(x) = x, then T_k+1(x) = 2 x T_k(x) - T_k-1(x), with x = 2 W^T W / cut - 1.
      const factor = step === 1 ? 1 : 2;
      const numbers = { alpha: number((2 * factor) / cut), beta: number(factor) };
      const { next } = await this.graphs.step.run({ current, previous, ...numbers, weight: this.weight });
      previous = current;
      current = next!;
    }
    return separated(current.data as Float32Array, columns);
  }
}

function joined(vectors: readonly Float64Array[]): Float32Array {
  const length = vectors[0]!.length;
  const flat = new Float32Array(vectors.length * length);
  for (const [i, vector] of vectors.entries()) flat.set(vector, i * length);
  return flat;
}

function separated(flat: Float32Array, length: number): Float64Array[] {
  return Array.from({ length: flat.length / length }, (_, i) =>
    Float64Array.from(flat.subarray(i * length, (i + 1) * length)),
  );
}
