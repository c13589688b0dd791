/** What the server's main thread and its inference worker say to each other. */
import type { WireError } from "../../contract/errors";
import type { ChatEvent } from "../generate/chat-model";
import type { EngineInfo, PlainChatRequest } from "./chat-engine";

export type ToWorker =
  | { readonly kind: "chat"; readonly id: number; readonly request: PlainChatRequest }
  | { readonly kind: "adapter"; readonly id: number; readonly folder: string }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "close" };

export type FromWorker =
  | { readonly kind: "ready"; readonly info: EngineInfo }
  | { readonly kind: "failed"; readonly error: WireError }
  | { readonly kind: "event"; readonly id: number; readonly event: ChatEvent }
  | { readonly kind: "done"; readonly id: number }
  | { readonly kind: "error"; readonly id: number; readonly error: WireError };
