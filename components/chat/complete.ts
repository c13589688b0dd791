/**
 * Asks one target for an answer and hands over its pieces as they come (POST /api/chat/completions, OpenAI's chunks).
 * It does not know panes or pages.
 */
import { ApiError, failureOf } from "@/components/api/client";
import type { ChatRequest } from "@/server/contract/chat";
import type { ToolCall } from "@/server/contract/conversations";
import { readEvents } from "./sse-stream";

/** Calls of one answer; a server that numbers them otherwise is wrong. */
const MOST_CALLS = 100;

/** The part of a chunk that counts here; whoever wrote it may have left any of it out. */
interface Chunk {
  choices?: {
    delta?: {
      content?: string | null;
      // Servers that take the thinking out of the text send it beside it, under either name.
      reasoning_content?: string | null;
      reasoning?: string | null;
      tool_calls?: ToolCallPart[] | null;
    };
    finish_reason?: string | null;
  }[];
  usage?: { completion_tokens?: number } | null;
}

interface ToolCallPart {
  index?: number;
  function?: { name?: string | null; arguments?: string | null } | null;
}

export interface Completion {
  /** "stop", "length", or null where the stream ended without saying. */
  finishReason: string | null;
  /** Tokens by the server's count; null where it did not say. */
  tokens: number | null;
  /** Functions that the model wants called. */
  toolCalls: ToolCall[];
}

/** What a stream has said so far beside its text. */
interface Reading extends Completion {
  /** Thinking that came beside the text has begun and not ended. */
  thinking: boolean;
}

/**
 * Streams one answer; `onText` gets each piece. Throws `ApiError` with the server's words on failure, before or in the
 * middle of the stream, and an AbortError when `signal` stops it.
 */
export async function complete(
  request: ChatRequest,
  { onText, signal }: { onText: (text: string) => void; signal: AbortSignal },
): Promise<Completion> {
  const response = await fetch("/api/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, stream: true }),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ApiError("unreachable", "The console does not answer.");
  });
  if (!response.ok || !response.body)
    throw (
      failureOf(await response.json().catch(() => null)) ??
      new ApiError("internal", `The model server answered ${response.status}.`)
    );
  const reading: Reading = { finishReason: null, tokens: null, toolCalls: [], thinking: false };
  for await (const data of readEvents(response.body)) {
    if (data === "[DONE]") break;
    readChunk(data, reading, onText);
  }
  const { finishReason, tokens, toolCalls } = reading;
  // A server may leave numbers out.
  return { finishReason, tokens, toolCalls: toolCalls.flat() };
}

function readChunk(data: string, reading: Reading, onText: (text: string) => void) {
  const json: unknown = JSON.parse(data);
  const failure = failureOf(json);
  if (failure) throw failure;
  const chunk = json as Chunk;
  const choice = chunk.choices?.[0];
  const { content, reasoning_content, reasoning, tool_calls } = choice?.delta ?? {};
  const thought = reasoning_content ?? reasoning;
  if (thought) {
    onText(reading.thinking ? thought : `<think>${thought}`);
    reading.thinking = true;
  }
  if (content) {
    onText(reading.thinking ? `</think>${content}` : content);
    reading.thinking = false;
  }
  for (const { index = 0, function: part } of tool_calls ?? []) {
    if (!(index >= 0 && index < MOST_CALLS)) continue;
    const call = (reading.toolCalls[index] ??= { name: "", arguments: "" });
    call.name += part?.name ?? "";
    call.arguments += part?.arguments ?? "";
  }
  reading.finishReason = choice?.finish_reason ?? reading.finishReason;
  reading.tokens = chunk.usage?.completion_tokens ?? reading.tokens;
}
