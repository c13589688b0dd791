/**
 * OpenAI's replies: whole answers and stream chunks, for chat and for plain completions. Beside OpenAI's fields the end
 * carries `timings`. It turns events into objects and knows neither HTTP nor models.
 */
import { randomUUID } from "node:crypto";
import type { AnswerNumbers } from "../generate/answer";
import type { ChatEvent } from "../generate/chat-model";
import type { StopReason } from "../generate/generate-tokens";
import type { FunctionCall } from "../tokenizer/templates/tool-formats";

type FinishReason = "stop" | "length" | "tool_calls";

/** One answer in the making: what is the same in all of its chunks. */
export interface ReplyFrame {
  readonly chat: boolean;
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

export function replyFrame(chat: boolean, model: string): ReplyFrame {
  const id = `${chat ? "chatcmpl" : "cmpl"}-${randomUUID().replaceAll("-", "")}`;
  return { chat, id, created: Math.floor(Date.now() / 1000), model };
}

/** The chunk that opens a chat stream; plain completions have none. */
export function openingChunk(frame: ReplyFrame): object | null {
  return frame.chat ? chunk(frame, { delta: { role: "assistant", content: "" }, finish_reason: null }) : null;
}

/** The chunk for an event; the end's carries usage and timings. */
export function eventChunk(frame: ReplyFrame, event: ChatEvent, calls: boolean): object {
  switch (event.kind) {
    case "text":
      return chunk(frame, {
        ...(frame.chat ? { delta: { content: event.text } } : { text: event.text }),
        finish_reason: null,
      });
    case "tool_calls": {
      const toolCalls = toToolCalls(event.calls).map((call, index) => ({ index, ...call }));
      return chunk(frame, { delta: { tool_calls: toolCalls }, finish_reason: null });
    }
    case "end":
      return {
        ...chunk(frame, {
          ...(frame.chat ? { delta: {} } : { text: "" }),
          finish_reason: finishReason(event.reason, calls),
        }),
        usage: usage(event.numbers),
        timings: timings(event.numbers),
      };
  }
}

/** What `stream_options.include_usage` asks for: one more chunk, without choices. */
export function usageChunk(frame: ReplyFrame, numbers: AnswerNumbers): object {
  return { ...envelope(frame, true), choices: [], usage: usage(numbers) };
}

/** The whole answer of a request that does not stream. */
export function wholeReply(frame: ReplyFrame, events: readonly ChatEvent[]): object {
  const text = events.map((event) => (event.kind === "text" ? event.text : "")).join("");
  const calls = events.flatMap((event) => (event.kind === "tool_calls" ? toToolCalls(event.calls) : []));
  const end = events.find((event) => event.kind === "end");
  if (!end) throw new Error("an answer ended without its numbers");
  const finish_reason = finishReason(end.reason, calls.length > 0);
  const message = {
    role: "assistant",
    content: calls.length > 0 ? null : text,
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const choice = frame.chat ? { index: 0, message, finish_reason } : { index: 0, text, finish_reason };
  return {
    ...envelope(frame, false),
    choices: [choice],
    usage: usage(end.numbers),
    timings: timings(end.numbers),
  };
}

function envelope({ chat, id, created, model }: ReplyFrame, streamed: boolean) {
  const object = chat ? (streamed ? "chat.completion.chunk" : "chat.completion") : "text_completion";
  return { id, object, created, model };
}

function chunk(frame: ReplyFrame, choice: object): object {
  return { ...envelope(frame, true), choices: [{ index: 0, ...choice }] };
}

function finishReason(reason: StopReason, calls: boolean): FinishReason {
  if (reason === "length") return "length";
  return calls ? "tool_calls" : "stop";
}

function toToolCalls(calls: readonly FunctionCall[]) {
  return calls.map((call) => ({
    id: `call_${randomUUID().replaceAll("-", "")}`,
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  }));
}

function usage({ promptTokens, completionTokens, cachedTokens }: AnswerNumbers) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

function timings({ firstTokenMs, tokensPerSecond }: AnswerNumbers) {
  return {
    first_token_ms: firstTokenMs === null ? null : Math.round(firstTokenMs * 10) / 10,
    tokens_per_second: tokensPerSecond === null ? null : Math.round(tokensPerSecond * 10) / 10,
  };
}
