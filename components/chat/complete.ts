/**
 * Asks one target for an answer and hands over its pieces as they come (POST /api/chat/completions, OpenAI's chunks).
 * It does not know panes or pages.
 */
import { z } from "zod";
import { ApiError } from "@/components/api/client";
import type { ChatRequest } from "@/server/contract/chat";
import { ERROR_CODES } from "@/server/contract/errors";
import { readEvents } from "./sse-stream";

const failureSchema = z.object({ error: z.object({ code: z.string().optional(), message: z.string() }) });
const chunkSchema = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish(), reasoning_content: z.string().nullish() }).optional(),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: z.object({ completion_tokens: z.number().optional() }).nullish(),
});

export interface Completion {
  /** "stop", "length", or null where the stream ended without saying. */
  finishReason: string | null;
  /** Tokens by the server's count; null where it did not say. */
  tokens: number | null;
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
    throw failureOf(await response.json().catch(() => null), response.status);
  const completion: Completion = { finishReason: null, tokens: null };
  for await (const data of readEvents(response.body)) {
    if (data === "[DONE]") break;
    readChunk(data, completion, onText);
  }
  return completion;
}

function readChunk(data: string, completion: Completion, onText: (text: string) => void) {
  const json: unknown = JSON.parse(data);
  if (failureSchema.safeParse(json).success) throw failureOf(json, 200);
  const chunk = chunkSchema.safeParse(json);
  if (!chunk.success) return;
  const choice = chunk.data.choices[0];
  if (choice?.delta?.content) onText(choice.delta.content);
  completion.finishReason = choice?.finish_reason ?? completion.finishReason;
  completion.tokens = chunk.data.usage?.completion_tokens ?? completion.tokens;
}

function failureOf(reply: unknown, status: number): ApiError {
  const failure = failureSchema.safeParse(reply);
  if (!failure.success) return new ApiError("internal", `The model server answered ${status}.`);
  const { code, message } = failure.data.error;
  const known = ERROR_CODES.find((candidate) => candidate === code);
  return new ApiError(known ?? "internal", message);
}
