/**
 * Chat: who can answer, how to ask. The console proxies to model servers that speak OpenAI's API; the browser sees
 * target ids only, never a path or a port.
 */
import { z } from "zod";
import { DEFAULT_SAMPLING } from "./default-sampling";
import { engineIdSchema, engineWishSchema } from "./engine-id";

/** Something that can answer: a base model, a run's result, one of its checkpoints, a server elsewhere. */
export const chatTargetSchema = z.object({
  /** "base:<model>", "run:<id>", "run:<id>/checkpoint-N" or "url:<name>". */
  id: z.string(),
  kind: z.enum(["base", "run", "checkpoint", "endpoint"]),
  label: z.string(),
  detail: z.string(),
  run_id: z.string().nullable(),
  /** The target that this one was trained from, for "before"; null for a base. */
  base_id: z.string().nullable(),
  template: z.string().nullable(),
  /** The engine that answers for it where nobody chooses; null for a server elsewhere. */
  engine: engineIdSchema.nullable(),
});
export type ChatTarget = z.infer<typeof chatTargetSchema>;

export const chatMessageSchema = z.object({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
  /** Functions that the model called, and which of them a tool answers: OpenAI's fields. */
  tool_calls: z
    .array(
      z.object({
        id: z.string(),
        type: z.literal("function"),
        function: z.object({ name: z.string(), arguments: z.string() }),
      }),
    )
    .optional(),
  tool_call_id: z.string().optional(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const samplingSchema = z.object({
  /** 0 is greedy. */
  temperature: z.number().min(0).max(2).default(DEFAULT_SAMPLING.temperature),
  top_p: z.number().gt(0).max(1).default(DEFAULT_SAMPLING.top_p),
  top_k: z.number().int().min(0).default(DEFAULT_SAMPLING.top_k),
  repetition_penalty: z.number().min(0.1).max(5).default(DEFAULT_SAMPLING.repetition_penalty),
  max_tokens: z.number().int().min(1).max(8192).default(DEFAULT_SAMPLING.max_tokens),
  seed: z.number().int().default(DEFAULT_SAMPLING.seed),
});
export type Sampling = z.infer<typeof samplingSchema>;

const toolSchema = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({ name: z.string().min(1) }),
});
/** A list of tools as it is being written, whole or not: `parseTools` reads it. */
export const toolsSchema = z.string().max(100_000);

export const chatRequestSchema = samplingSchema.extend({
  target: z.string(),
  messages: z.array(chatMessageSchema).min(1),
  tools: z.array(toolSchema).default([]),
  enable_thinking: z.boolean().default(true),
  /** Which engine answers; "auto" is the target's own. */
  engine: engineWishSchema.default("auto"),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;

export const chatServerStatusSchema = z.object({
  target: z.string(),
  state: z.enum(["loading", "ready", "failed"]),
  detail: z.string(),
});
export type ChatServerStatus = z.infer<typeof chatServerStatusSchema>;
