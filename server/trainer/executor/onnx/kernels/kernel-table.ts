/** Every TensorFlow.js kernel that can be traced, by its TensorFlow.js name. */
import type { KernelRecorder } from "../trace";
import { ELEMENTWISE_KERNELS } from "./elementwise";
import { MATRIX_KERNELS } from "./matrix";
import { REDUCTION_KERNELS } from "./reduction";
import { SHAPE_KERNELS } from "./shape";

export const KERNELS: Readonly<Record<string, KernelRecorder>> = {
  ...ELEMENTWISE_KERNELS,
  ...REDUCTION_KERNELS,
  ...SHAPE_KERNELS,
  ...MATRIX_KERNELS,
};
