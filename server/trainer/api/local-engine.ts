/** The engine that computes in the thread it lives in. It knows the model, not who asks. */
import { openChatModel, type ChatModel, type ChatModelOptions } from "../generate/chat-model";
import type { ChatEngine, EngineInfo } from "./chat-engine";

export function createLocalEngine(options: ChatModelOptions): ChatEngine {
  const started = performance.now();
  const model = openChatModel(options);
  const ready = model.then((loaded) => describe(loaded, (performance.now() - started) / 1000));
  // Whoever awaits `ready` or asks something hears of a failure; nobody has to.
  ready.catch(() => undefined);
  return {
    ready,
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

function describe({ bits, parameters, contextLength }: ChatModel, loadSeconds: number): EngineInfo {
  return {
    weights: bits === 32 ? "float32 weights" : `${bits}-bit weights`,
    parameters,
    contextLength,
    loadSeconds,
  };
}
