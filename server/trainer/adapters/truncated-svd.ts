/**
 * The largest singular values of a matrix with their vectors, for PiSSA: subspace iteration from a random start (Halko,
 * Martinsson and Tropp, https://arxiv.org/abs/0909.4061), sped up by Chebyshev polynomials (Zhou and Saad, 2006), run until
 * it has converged and not for a fixed number of rounds. The products with the matrix run on the executor in float32;
 * orthonormal bases and the small symmetric eigenproblem (ml-matrix) are float64. It knows no models.
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Executor } from "../executor/executor";
import { createRandom } from "../nn/random";
import { compileProducts, MatrixProducts, type Images, type ProductGraphs } from "./matrix-products";

/** Vectors followed beyond those asked for: the more there are, the fewer products it takes. */
const spareVectors = (rank: number): number => rank + 16;
/** Most products between two orthonormal bases. */
const MOST_STEPS = 24;
/** How much more the largest vector may grow between two bases than the last one asked for: float32 has seven digits. */
const MOST_GROWTH = 1e4;
/** How much more it may grow than the unwanted: that much accuracy is reached at once, and float32 ends at 1e38. */
const MOST_GAIN = 1e12;
const MOST_PRODUCTS = 400;
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
  const compiled = new Map<string, Promise<ProductGraphs>>();
  return {
    async solve(matrix, { rows, columns, rank }) {
      const least = Math.min(rows, columns);
      const count = Math.min(least, rank + spareVectors(rank));
      const key = `${rows} ${columns} ${count}`;
      const graphs = compiled.get(key) ?? compileProducts(executor, { rows, columns, count });
      compiled.set(key, graphs);
      const weight = { data: matrix, shape: [rows, columns], dtype: "float32" as const };
      return iterate(new MatrixProducts(await graphs, weight), {
        columns,
        count,
        rank: Math.min(rank, least),
      });
    },
    dispose() {
      for (const graphs of compiled.values())
        void graphs.then(({ products, step }) => [products, step].forEach((graph) => graph.dispose()));
      compiled.clear();
    },
  };
}

async function iterate(
  products: MatrixProducts,
  { columns, count, rank }: { columns: number; count: number; rank: number },
): Promise<SingularTriplets> {
  const random = createRandom(0).fork("singular vectors");
  let basis = orthonormal(
    Array.from({ length: count }, () => Float64Array.from({ length: columns }, () => random.normal())),
  );
  basis = orthonormal((await products.images(basis)).z);
  let previous = Infinity;
  for (;;) {
    const images = await products.images(basis);
    const found = ritz(basis, images);
    const error = largestError(found, rank);
    // Once rounding is all that is left, further products bring nothing.
    const isSettled = error <= TOLERANCE || (error > 0.9 * previous && error < 1e-4);
    if (isSettled || count === columns || products.count >= MOST_PRODUCTS) return triplets(found, rank);
    previous = error;
    basis = orthonormal(await products.filtered(found.vectors, filterOf(found.values, rank)));
  }
}

/** How many steps the polynomial may take, and where what is unwanted ends. */
function filterOf(values: Float64Array, rank: number): { steps: number; cut: number } {
  const cut = Math.max(values.at(-1)!, 1e-12 * values[0]!, Number.MIN_VALUE);
  const growth = (value: number, steps: number) =>
    Math.cosh(steps * Math.acosh(Math.max(1, (2 * value) / cut - 1)));
  const isBearable = (steps: number): boolean => {
    const most = growth(values[0]!, steps);
    return most <= MOST_GAIN && most <= MOST_GROWTH * growth(values[rank - 1]!, steps);
  };
  let steps = 1;
  while (steps < MOST_STEPS && isBearable(steps + 1)) steps++;
  return { steps, cut };
}

/** Approximate eigenvectors of W^T W within the span of a basis (Rayleigh and Ritz), in falling order of eigenvalues. */
interface Ritz {
  readonly values: Float64Array;
  readonly vectors: Float64Array[];
  /** W v and W^T W v. */
  readonly images: Images;
}

function ritz(basis: readonly Float64Array[], { y, z }: Images): Ritz {
  const gram = Matrix.zeros(y.length, y.length);
  for (const [i, a] of y.entries()) {
    for (let j = 0; j <= i; j++) {
      const product = dot(a, y[j]!);
      gram.set(i, j, product);
      gram.set(j, i, product);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const mixed = (vectors: readonly Float64Array[]) =>
    order.map((i) => combination(vectors, eigenvectorMatrix.getColumn(i)));
  return {
    values: Float64Array.from(order, (i) => Math.max(0, realEigenvalues[i]!)),
    vectors: mixed(basis),
    images: { y: mixed(y), z: mixed(z) },
  };
}

/** How far the worst of the first vectors is from an eigenvector, as a share of the largest eigenvalue. */
function largestError({ values, vectors, images }: Ritz, rank: number): number {
  let error = 0;
  for (let i = 0; i < rank; i++) {
    const [v, image] = [vectors[i]!, images.z[i]!];
    let square = 0;
    for (let c = 0; c < v.length; c++) square += (image[c]! - values[i]! * v[c]!) ** 2;
    error = Math.max(error, Math.sqrt(square));
  }
  return error / Math.max(values[0]!, Number.MIN_VALUE);
}

function triplets(found: Ritz, rank: number): SingularTriplets {
  const values = found.values.slice(0, rank).map(Math.sqrt);
  const signs = found.vectors.map(signOf);
  return {
    values,
    right: found.vectors.slice(0, rank).map((v, i) => v.map((element) => signs[i]! * element)),
    left: found.images.y
      .slice(0, rank)
      .map((image, i) => image.map((element) => (values[i] === 0 ? 0 : (signs[i]! * element) / values[i]!))),
  };
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
