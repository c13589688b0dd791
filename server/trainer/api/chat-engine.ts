/** The seam between HTTP and the model: in the same thread (tests, the terminal chat) or in a worker (the server). */
import type { ChatEvent, ChatRequest } from "../generate/chat-model";

/** A request without its AbortSignal: it can be sent to another thread. */
export type PlainChatRequest = Omit<ChatRequest, "signal">;

export interface EngineInfo {
  /** In words: "float32 weights", "8-bit weights". */
  readonly weights: string;
  readonly parameters: number;
  readonly contextLength: number;
  readonly loadSeconds: number;
}

export interface ChatEngine {
  /** Resolves once the weights are loaded. @throws AppError where they cannot be */
  readonly ready: Promise<EngineInfo>;
  /** Resolves, with the reason, when the engine can never answer again although nobody closed it. */
  readonly lost: Promise<Error>;
  /** Waits for the weights. An aborted signal ends the answer with "cancelled" within one token. */
  chat(request: PlainChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  /** Reads an adapter before it is asked for. @throws AppError where it cannot be used with this model */
  loadAdapter(folder: string): Promise<void>;
  close(): Promise<void>;
}
