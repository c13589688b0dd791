/** An adapted linear's product by the kind of its adapter. */
import type * as tf from "@tensorflow/tfjs-core";
import { decomposedProduct } from "./dora-product";
import type { AdaptedLinear, AdapterShape } from "./linear-adapter";
import { loraProduct } from "./lora-product";
import { rotatedProduct } from "./oft-product";

/** y [N, outputs] of an adapted linear, bias included. */
export function adaptedProduct(shape: AdapterShape, linear: AdaptedLinear): tf.Tensor {
  if (shape.kind === "oft") return rotatedProduct(shape, linear);
  return shape.decomposed ? decomposedProduct(shape, linear) : loraProduct(shape, linear);
}
