/** The engine that computes in the thread it lives in. It knows the model, not who asks. */
import { AppError } from "../../contract/errors";
import { openChatModel, type ChatModel, type ChatModelOptions } from "../generate/chat-model";
import type { ChatEngine, EngineInfo } from "./chat-engine";

export function createLocalEngine(options: ChatModelOptions): ChatEngine {
  const started = performance.now();
  const model = openChatModel(options).catch((error: unknown) => {
    throw error instanceof AppError ? error : notLoaded(options.modelPath, error);
  });
  const ready = model.then((loaded) => describe(loaded, (performance.now() - started) / 1000));
  // Whoever awaits `ready` or asks something hears of a failure; nobody has to.
  ready.catch(() => undefined);
  return {
    ready,
    lost: new Promise(() => undefined),
    async *chat(request, signal) {
      yield* (await model).chat({ ...request, signal });
    },
    async loadAdapter(folder) {
      await (await model).loadAdapter(folder);
    },
    async close() {
      const loaded = await model.catch(() => null);
      await loaded?.dispose();
    },
  };
}

/** What onnxruntime and the system say, which is mostly that memory is short. */
function notLoaded(modelPath: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    "engine_failed",
    `${modelPath} could not be loaded: ${reason}. Where memory is short, set quantization_bit: 8 or 4, or take a smaller model.`,
    { cause },
  );
}

function describe({ bits, parameters, contextLength }: ChatModel, loadSeconds: number): EngineInfo {
  return {
    weights: bits === 32 ? "float32 weights" : `${bits}-bit weights`,
    parameters,
    contextLength,
    loadSeconds,
  };
}
