/**
 * OpenAI's requests as this server takes them: checked, with the server's defaults filled in, turned into what the engine
 * understands. It does not know HTTP or models. https://platform.openai.com/docs/api-reference/chat
 */
import { z } from "zod";
import { AppError } from "../../contract/errors";
import type { ConversationMessage } from "../generate/prompt-ids";
import type { SamplingOptions } from "../generate/sampler";
import type { ApiConfig } from "./api-config";
import { BASE_MODEL } from "./served-models";
import type { PlainChatRequest } from "./chat-engine";

const textPart = z.object({
  type: z.literal("text", { error: "only text parts are understood" }),
  text: z.string(),
});
const content = z
  .union([z.string(), z.array(textPart)])
  .nullish()
  .transform((value) => (Array.isArray(value) ? value.map(({ text }) => text).join("") : (value ?? "")));

const messageSchema = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content,
  tool_calls: z
    .array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) }))
    .nullish(),
});

const samplingShape = {
  model: z.string().default(BASE_MODEL),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(100).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.number().int().min(0).nullish(),
  repetition_penalty: z.number().positive().nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  n: z.literal(1, { error: "only one answer at a time (n: 1) is given" }).nullish(),
  do_sample: z.boolean().nullish(),
};

export const chatCompletionSchema = z.object({
  ...samplingShape,
  messages: z.array(messageSchema).min(1),
  tools: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  enable_thinking: z.boolean().nullish(),
  chat_template_kwargs: z.looseObject({ enable_thinking: z.boolean().nullish() }).nullish(),
});
export type ChatCompletionRequest = z.infer<typeof chatCompletionSchema>;

export const completionSchema = z.object({ ...samplingShape, prompt: z.string().min(1) });
export type CompletionRequest = z.infer<typeof completionSchema>;

/** vLLM's names. */
export const loadAdapterSchema = z.object({
  lora_name: z.string().regex(/^[A-Za-z0-9][\w./:-]{0,199}$/, "must be letters, digits and . _ - / :"),
  lora_path: z.string().min(1),
});

/** @throws AppError invalid_request naming each key that is wrong */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join(".") || "the body"}: ${message}`,
  );
  throw new AppError("invalid_request", `${problems.join("; ")}.`);
}

/** @param adapterPath of the model that the request names */
export function toConversation(
  request: ChatCompletionRequest,
  config: ApiConfig,
  adapterPath: string | null,
): PlainChatRequest {
  const messages: ConversationMessage[] = request.messages.map(({ role, content: text, tool_calls }) => ({
    role: role === "developer" ? "system" : role === "function" ? "tool" : role,
    content: text,
    ...(tool_calls && { toolCalls: tool_calls.map(({ function: call }) => call) }),
  }));
  const asked = request.enable_thinking ?? request.chat_template_kwargs?.enable_thinking;
  const enableThinking = asked ?? config.enable_thinking;
  return {
    ...withoutSource(request, config, adapterPath),
    source: { messages, tools: request.tools ?? [], enableThinking },
  };
}

export function toContinuation(
  request: CompletionRequest,
  config: ApiConfig,
  adapterPath: string | null,
): PlainChatRequest {
  return { ...withoutSource(request, config, adapterPath), source: { text: request.prompt } };
}

type AnyRequest = Omit<CompletionRequest, "prompt">;

function withoutSource(
  request: AnyRequest,
  config: ApiConfig,
  adapterPath: string | null,
): Omit<PlainChatRequest, "source"> {
  return {
    adapterPath,
    sampling: samplingOf(request, config),
    maxNewTokens: request.max_completion_tokens ?? request.max_tokens ?? config.max_new_tokens,
    stopStrings: [request.stop ?? []].flat(),
  };
}

function samplingOf(request: AnyRequest, config: ApiConfig): SamplingOptions {
  const samples = request.do_sample ?? config.do_sample;
  return {
    temperature: samples ? (request.temperature ?? config.temperature) : 0,
    topP: request.top_p ?? config.top_p,
    topK: request.top_k ?? config.top_k,
    repetitionPenalty: request.repetition_penalty ?? config.repetition_penalty,
    // Without a seed, the same question may be answered differently.
    seed: request.seed ?? config.seed ?? Math.floor(Math.random() * 0x7fffffff),
  };
}
