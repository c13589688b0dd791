/** The engine as the main thread sees it: messages to the inference worker and back. It never touches a weight. */
import { Worker } from "node:worker_threads";
import { AppError, type WireError } from "../../contract/errors";
import type { ChatEvent, ChatModelOptions } from "../generate/chat-model";
import type { ChatEngine, EngineInfo } from "./chat-engine";
import type { FromWorker, ToWorker } from "./engine-messages";

/** Beside the bundle that this code ends up in. */
const WORKER_FILE = new URL("./inference-worker.mjs", import.meta.url);

/** @param file the worker's bundle; tests give their own */
export function createWorkerEngine(options: ChatModelOptions, file: URL = WORKER_FILE): ChatEngine {
  const worker = new Worker(file, { workerData: options });
  const answers = new Map<number, Answer>();
  let nextId = 1;
  const say = (message: ToWorker) => worker.postMessage(message);

  const ready = deferred<EngineInfo>();
  const lost = deferred<Error>();
  ready.promise.catch(() => undefined);
  const fail = (error: Error) => {
    ready.reject(error);
    lost.resolve(error);
    for (const answer of answers.values()) answer.fail(error);
    answers.clear();
  };
  worker.on("message", (message: FromWorker) => {
    switch (message.kind) {
      case "ready":
        ready.resolve(message.info);
        return;
      case "failed":
        fail(fromWire(message.error));
        return;
      case "event":
        answers.get(message.id)?.push(message.event);
        return;
      case "done":
        answers.get(message.id)?.finish();
        return;
      case "error":
        answers.get(message.id)?.fail(fromWire(message.error));
        return;
    }
  });
  worker.on("error", (cause) => fail(threadEnded(cause.message, cause)));
  worker.on("exit", (code) => fail(threadEnded(`exit code ${code}`)));

  /** Sends what `start` makes of a fresh id, and takes note of what comes back under it. */
  const ask = (start: (id: number) => ToWorker): { id: number; answer: Answer } => {
    const id = nextId++;
    const answer = new Answer();
    answers.set(id, answer);
    say(start(id));
    return { id, answer };
  };

  return {
    ready: ready.promise,
    lost: lost.promise,
    async *chat(request, signal) {
      await ready.promise;
      const { id, answer } = ask((id) => ({ kind: "chat", id, request }));
      const cancel = () => say({ kind: "cancel", id });
      signal.addEventListener("abort", cancel, { once: true });
      if (signal.aborted) cancel();
      try {
        yield* answer.events();
      } finally {
        signal.removeEventListener("abort", cancel);
        // Left early by whoever read it: nobody wants the rest.
        if (!answer.ended) cancel();
        answers.delete(id);
      }
    },
    async loadAdapter(folder) {
      await ready.promise;
      const { id, answer } = ask((id) => ({ kind: "adapter", id, folder }));
      try {
        await answer.events().next();
      } finally {
        answers.delete(id);
      }
    },
    async close() {
      say({ kind: "close" });
      await worker.terminate();
    },
  };
}

/** A promise to be settled from outside (Promise.withResolvers came with Node 22). */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function threadEnded(reason: string, cause?: Error): AppError {
  return new AppError(
    "engine_failed",
    `The thread that computes has ended (${reason}). Start the server again.`,
    { cause },
  );
}

function fromWire({ code, message }: WireError): AppError {
  return new AppError(code, message);
}

/** Events of one piece of work, from the message handler to whoever reads them. */
class Answer {
  private readonly waiting: ChatEvent[] = [];
  private wake: () => void = () => undefined;
  private error: Error | null = null;
  ended = false;

  push(event: ChatEvent): void {
    this.waiting.push(event);
    this.wake();
  }

  finish(): void {
    this.ended = true;
    this.wake();
  }

  fail(error: Error): void {
    this.error = error;
    this.finish();
  }

  async *events(): AsyncGenerator<ChatEvent, void> {
    for (;;) {
      const event = this.waiting.shift();
      if (event) yield event;
      else if (this.error) throw this.error;
      else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
