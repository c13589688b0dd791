/**
 * The worker thread that computes: onnxruntime blocks its thread for the length of a token, and HTTP must answer
 * meanwhile. Bundled as an entry of its own (.build/inference-worker.mjs). It knows the local engine and messages.
 */
import { parentPort, workerData } from "node:worker_threads";
import { AppError, toWire } from "../../contract/errors";
import type { ChatModelOptions } from "../generate/chat-model";
import type { FromWorker, ToWorker } from "./engine-messages";
import { createLocalEngine } from "./local-engine";

const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);
const engine = createLocalEngine(workerData as ChatModelOptions);
const running = new Map<number, AbortController>();

engine.ready.then(
  (info) => say({ kind: "ready", info }),
  (error: unknown) => say({ kind: "failed", error: toWire(error) }),
);

port.on("message", (message: ToWorker) => {
  switch (message.kind) {
    case "chat":
      void perform(message.id, () => answer(message));
      return;
    case "adapter":
      void perform(message.id, () => engine.loadAdapter(message.folder));
      return;
    case "cancel":
      running.get(message.id)?.abort();
      return;
    case "close":
      void engine.close().then(() => port.close());
      return;
  }
});

/** Says how the work ended. */
async function perform(id: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    say({ kind: "done", id });
  } catch (error) {
    if (!(error instanceof AppError)) console.error(error);
    say({ kind: "error", id, error: toWire(error) });
  }
}

async function answer({ id, request }: Extract<ToWorker, { kind: "chat" }>): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    for await (const event of engine.chat(request, controller.signal)) say({ kind: "event", id, event });
  } finally {
    running.delete(id);
  }
}
