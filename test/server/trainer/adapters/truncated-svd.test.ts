import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSvdSolver } from "@/server/trainer/adapters/truncated-svd";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { createRandom } from "@/server/trainer/nn/random";

let executor: Executor;
beforeAll(async () => {
  executor = await createExecutor("onnx", { threads: 1 });
});
afterAll(() => executor.dispose());

function randomMatrix(rows: number, columns: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * columns }, () => random.normal());
}

/** sum of value * left right^T over the triplets */
function product({ values, left, right }: Awaited<ReturnType<ReturnType<typeof createSvdSolver>["solve"]>>) {
  const [rows, columns] = [left[0]!.length, right[0]!.length];
  const sum = Matrix.zeros(rows, columns);
  for (const [i, value] of values.entries()) {
    const u = Matrix.columnVector([...left[i]!]);
    sum.add(u.mmul(Matrix.rowVector([...right[i]!])).mul(value));
  }
  return sum;
}

describe("createSvdSolver", () => {
  it.each([
    [40, 24, 4],
    [24, 40, 4],
    [300, 200, 8],
    [120, 400, 8],
  ])("finds what a full decomposition of a random [%i, %i] finds, rank %i", async (rows, columns, rank) => {
    const matrix = randomMatrix(rows, columns);
    const solver = createSvdSolver(executor);
    const found = await solver.solve(matrix, { rows, columns, rank });
    const full = new SingularValueDecomposition(Matrix.from1DArray(rows, columns, matrix), {
      autoTranspose: true,
    });
    const [u, v] = [full.leftSingularVectors, full.rightSingularVectors];
    const expected = Matrix.zeros(rows, columns);
    for (let i = 0; i < rank; i++) {
      expect(Math.abs(found.values[i]! - full.diagonal[i]!)).toBeLessThan(1e-5 * full.diagonal[0]!);
      expected.add(u.getColumnVector(i).mmul(v.getColumnVector(i).transpose()).mul(full.diagonal[i]!));
    }
    // Products of vectors, because a pair may change sign. Entries of the matrix are about 1.
    expect(Matrix.sub(product(found), expected).abs().max()).toBeLessThan(2e-3);
    solver.dispose();
  });

  it("gives the same signs whatever computes the products", async () => {
    const matrix = randomMatrix(30, 50);
    const size = { rows: 30, columns: 50, rank: 3 };
    const cpu = await createExecutor("tfjs", { tfjsBackend: "cpu" });
    const [a, b] = [createSvdSolver(executor), createSvdSolver(cpu)];
    const [first, second] = [await a.solve(matrix, size), await b.solve(matrix, size)];
    for (const [i, vector] of first.right.entries())
      for (const [j, element] of vector.entries()) expect(second.right[i]![j]).toBeCloseTo(element, 3);
    cpu.dispose();
  });

  it("takes a matrix of fewer triplets than it is asked for, and one of zeros", async () => {
    const solver = createSvdSolver(executor);
    const flat = randomMatrix(3, 20);
    const found = await solver.solve(flat, { rows: 3, columns: 20, rank: 8 });
    expect(found.values).toHaveLength(3);
    const difference = Matrix.sub(product(found), Matrix.from1DArray(3, 20, flat))
      .abs()
      .max();
    expect(difference).toBeLessThan(1e-5);
    const nothing = await solver.solve(new Float32Array(60), { rows: 3, columns: 20, rank: 2 });
    expect([...nothing.values]).toEqual([0, 0]);
    expect(nothing.left.flatMap((vector) => [...vector]).every((element) => element === 0)).toBe(true);
    solver.dispose();
  });
});
