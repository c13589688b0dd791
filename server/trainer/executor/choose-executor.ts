/** Picks and opens the executor that a run asks for. Each one is loaded only when it is chosen. */
import { AppError } from "../../contract/errors";
import type { Executor } from "./executor";

export interface ExecutorChoice {
  readonly threads?: number;
  /** TensorFlow.js backend of the `tfjs` executor: "cpu", or "tensorflow" for the native packages. Default: the best there is. */
  readonly tfjsBackend?: string;
}

/**
 * `onnx` and `tfjs` as named; `auto` is onnx where its library loads, else tfjs.
 * @throws AppError engine_failed where the chosen one cannot be loaded, with the reason
 */
export async function createExecutor(
  kind: "auto" | "onnx" | "tfjs",
  choice: ExecutorChoice = {},
): Promise<Executor> {
  if (kind === "tfjs") return openTfjs(choice);
  try {
    const { createOnnxExecutor } = await import("./onnx/onnx-executor");
    return await createOnnxExecutor({ threads: choice.threads });
  } catch (cause) {
    if (kind === "auto") return openTfjs(choice);
    throw new AppError(
      "engine_failed",
      `onnxruntime cannot be loaded: ${(cause as Error).message}. Run npm install again, or set executor: tfjs.`,
      { cause },
    );
  }
}

async function openTfjs({ tfjsBackend }: ExecutorChoice): Promise<Executor> {
  const { createTfjsExecutor } = await import("./tfjs/tfjs-executor");
  if (tfjsBackend === "cpu") return createTfjsExecutor();
  const { loadNodeBackend, NODE_BACKEND } = await import("./tfjs/node-backend");
  const problems: string[] = [];
  const native = loadNodeBackend(problems);
  if (native) return createTfjsExecutor(NODE_BACKEND, `${native.package}, ${native.gpu ? "GPU" : "CPU"}`);
  if (!tfjsBackend) return createTfjsExecutor();
  throw new AppError(
    "engine_failed",
    `TensorFlow.js's native backend cannot be loaded: ${problems.join("; ")}.`,
  );
}
