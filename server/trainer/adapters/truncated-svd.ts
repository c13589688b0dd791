/**
 * The largest singular values of a matrix with their vectors, for PiSSA: block power iteration from a random start
 * (Halko, Martinsson and Tropp, https://arxiv.org/abs/0909.4061), run until it has converged and not for a fixed number
 * of rounds. The two products with the matrix run on the executor in float32; orthonormal bases and the small symmetric
 * eigenproblem (ml-matrix) are float64. It knows no models.
 */
import * as tf from "@tensorflow/tfjs-core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { CompiledFunction, Executor } from "../executor/executor";
import { createRandom } from "../nn/random";

/** Vectors followed beyond those asked for: the more there are, the fewer rounds it takes. */
const spareVectors = (rank: number): number => rank + 24;
/** Rounds between two looks at what has been reached. */
const ROUNDS_PER_LOOK = 4;
const MOST_ROUNDS = 200;
/** How far W^T W v may be from a multiple of v, as a share of the largest eigenvalue: float32 products reach no lower. */
const TOLERANCE = 3e-7;

export interface SingularTriplets {
  /** In falling order: [rank]. */
  readonly values: Float64Array;
  /** [rank, rows], the left vectors. */
  readonly left: Float64Array[];
  /** [rank, columns], the right vectors. */
  readonly right: Float64Array[];
}

export interface SvdSolver {
  /** @param matrix [rows, columns], row-major. Fewer triplets than `rank` where the matrix has fewer rows or columns. */
  solve(
    matrix: Float32Array,
    size: { rows: number; columns: number; rank: number },
  ): Promise<SingularTriplets>;
  dispose(): void;
}

/** A solver that compiles the products of each size once. Its results depend on the matrix alone. */
export function createSvdSolver(executor: Executor): SvdSolver {
  const products = new Map<string, Promise<CompiledFunction>>();
  return {
    async solve(matrix, { rows, columns, rank }) {
      const least = Math.min(rows, columns);
      const count = Math.min(least, rank + spareVectors(rank));
      const key = `${rows} ${columns} ${count}`;
      const product = products.get(key) ?? compileProducts(executor, { rows, columns, count });
      products.set(key, product);
      const graph = await product;
      const weight = { data: matrix, shape: [rows, columns], dtype: "float32" as const };
      const multiply = async (basis: readonly Float64Array[]) => {
        const q = { data: joined(basis), shape: [count, columns], dtype: "float32" as const };
        const { y, z } = await graph.run({ q, weight });
        return {
          y: separated(y!.data as Float32Array, rows),
          z: separated(z!.data as Float32Array, columns),
        };
      };
      return iterate(multiply, { columns, count, rank: Math.min(rank, least) });
    },
    dispose() {
      for (const product of products.values()) void product.then((graph) => graph.dispose());
      products.clear();
    },
  };
}

/** q [count, columns] -> y = q W^T [count, rows] and z = y W [count, columns] */
function compileProducts(
  executor: Executor,
  { rows, columns, count }: { rows: number; columns: number; count: number },
): Promise<CompiledFunction> {
  return executor.compile(
    `singular vectors ${rows}x${columns}`,
    ({ q, weight }) => {
      const y = tf.matMul(q!, weight!, false, true);
      return { y, z: tf.matMul(y, weight!) };
    },
    {
      q: { shape: [count, columns], dtype: "float32" },
      weight: { shape: [rows, columns], dtype: "float32" },
    },
  );
}

interface Products {
  /** W q of every vector of the basis. */
  readonly y: Float64Array[];
  /** W^T W q. */
  readonly z: Float64Array[];
}

async function iterate(
  multiply: (basis: readonly Float64Array[]) => Promise<Products>,
  { columns, count, rank }: { columns: number; count: number; rank: number },
): Promise<SingularTriplets> {
  const random = createRandom(0).fork("singular vectors");
  let basis = orthonormal(
    Array.from({ length: count }, () => Float64Array.from({ length: columns }, () => random.normal())),
  );
  let previous = Infinity;
  for (let round = 1; ; round++) {
    const products = await multiply(basis);
    if (round % ROUNDS_PER_LOOK === 0 || count === columns) {
      const found = ritzTriplets(basis, products, rank);
      // Once rounding is all that is left, further rounds bring nothing.
      const settled = found.error <= TOLERANCE || found.error > 0.9 * previous;
      if (settled || count === columns || round >= MOST_ROUNDS) return found;
      previous = found.error;
    }
    basis = orthonormal(products.z);
  }
}

/**
 * The best triplets within the span of the basis (Rayleigh and Ritz).
 * @returns also how far the worst of them is from being one, as a share of the largest eigenvalue
 */
function ritzTriplets(
  basis: readonly Float64Array[],
  { y, z }: Products,
  rank: number,
): SingularTriplets & { error: number } {
  const gram = Matrix.zeros(y.length, y.length);
  for (const [i, a] of y.entries()) {
    for (let j = 0; j <= i; j++) {
      const product = dot(a, y[j]!);
      gram.set(i, j, product);
      gram.set(j, i, product);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!)
    .slice(0, rank);
  const largest = Math.max(realEigenvalues[order[0]!]!, Number.MIN_VALUE);
  const values = Float64Array.from(order, (i) => Math.sqrt(Math.max(0, realEigenvalues[i]!)));
  const mixed = (vectors: readonly Float64Array[], column: number) =>
    combination(vectors, eigenvectorMatrix.getColumn(column));

  const right = order.map((i) => mixed(basis, i));
  const signs = right.map(signOf);
  let error = 0;
  for (const [place, i] of order.entries()) {
    const image = mixed(z, i);
    const v = right[place]!;
    let square = 0;
    for (let c = 0; c < image.length; c++) square += (image[c]! - realEigenvalues[i]! * v[c]!) ** 2;
    error = Math.max(error, Math.sqrt(square) / largest);
  }
  const left = order.map((i, place) => {
    const image = mixed(y, i);
    const value = values[place]!;
    return image.map((element) => (value === 0 ? 0 : (signs[place]! * element) / value));
  });
  return { values, left, right: right.map((v, i) => v.map((element) => signs[i]! * element)), error };
}

/** Both vectors of a pair may change sign; with the largest element of the right one positive, none is left to chance. */
function signOf(vector: Float64Array): number {
  let largest = 0;
  for (const element of vector) if (Math.abs(element) > Math.abs(largest)) largest = element;
  return largest < 0 ? -1 : 1;
}

/** The same span in orthonormal vectors: Gram and Schmidt, twice, which is as good as Householder's way. */
function orthonormal(vectors: Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of basis) subtract(vector, earlier, dot(vector, earlier));
    }
    const length = Math.sqrt(dot(vector, vector));
    // A vector that the others span already leaves nothing: zeros take no part in what follows.
    for (let i = 0; i < vector.length; i++) vector[i]! *= length > 1e-30 ? 1 / length : 0;
    basis.push(vector);
  }
  return basis;
}

function combination(vectors: readonly Float64Array[], factors: readonly number[]): Float64Array {
  const sum = new Float64Array(vectors[0]!.length);
  for (const [i, vector] of vectors.entries()) subtract(sum, vector, -factors[i]!);
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a - factor * b, into a. */
function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! -= factor * b[i]!;
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
