/**
 * Products with a frozen output matrix that is stored as int8, one scale for every token, some thousand tokens at a time:
 * widened whole, a large vocabulary's matrix would take more memory than the model. The gradient flows to the rows only.
 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";
import { int8Product, widenedInt8Product } from "./int8-linear";

export interface Int8Table {
  /** [V, C] */
  readonly q: tf.Tensor;
  /** [V] */
  readonly scale: tf.Tensor;
}

/** Tokens of one part: widened, a part of a model with 2048 dimensions takes 64 MiB. */
const PART_TOKENS = 8192;

/**
 * h [M, C] -> logits [M, V]. Forward, rows are rounded to 8 bits; backward they are not, because next to a likely token's
 * probability, all the others would round to nothing.
 */
export function int8TableProduct(h: tf.Tensor, { q, scale }: Int8Table): tf.Tensor {
  const [V, C] = q.shape as [number, number];
  const starts = Array.from({ length: Math.ceil(V / PART_TOKENS) }, (_, i) => i * PART_TOKENS);
  const sizes = starts.map((start) => Math.min(PART_TOKENS, V - start));
  const part = (i: number): Int8Table => ({
    q: tf.slice(q, [starts[i]!, 0], [sizes[i]!, C]),
    scale: tf.slice(scale, [starts[i]!], [sizes[i]!]),
  });
  return withOwnGradient([h], {
    forward: (rows) => {
      const logits = starts.map((_, i) => {
        const { q: tokens, scale: steps } = part(i);
        return int8Product(rows, { q: tokens, scale: steps, transposed: true });
      });
      return { value: logits.length === 1 ? logits[0]! : tf.concat(logits, -1), saved: [] };
    },
    backward: (dy) => {
      const scaled = tf.split(tf.mul(dy, scale), sizes, -1);
      const sums = starts.map((_, i) =>
        widenedInt8Product(scaled[i]!, { q: part(i).q, scale: null, transposed: false }),
      );
      return [sums.reduce((sum, added) => tf.add(sum, added))];
    },
  });
}
