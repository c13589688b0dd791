/**
 * Chat: who can answer, how to ask. The console proxies to model servers that speak OpenAI's API; the browser sees
 * target ids only, never a path or a port.
 */
import { z } from "zod";
import { engineIdSchema, engineWishSchema } from "./engine-id";

/** Something that can answer: a base model, a run's result, one of its checkpoints. */
export const chatTargetSchema = z.object({
  /** "base:<model>", "run:<id>" or "run:<id>/checkpoint-N". */
  id: z.string(),
  kind: z.enum(["base", "run", "checkpoint"]),
  label: z.string(),
  detail: z.string(),
  run_id: z.string().nullable(),
  /** The target that this one was trained from, for "before"; null for a base. */
  base_id: z.string().nullable(),
  template: z.string().nullable(),
  /** The engine that answers for it where nobody chooses. */
  engine: engineIdSchema,
});
export type ChatTarget = z.infer<typeof chatTargetSchema>;

export const chatMessageSchema = z.object({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const samplingSchema = z.object({
  /** 0 is greedy. */
  temperature: z.number().min(0).max(2).default(0),
  top_p: z.number().gt(0).max(1).default(1),
  top_k: z.number().int().min(0).default(0),
  repetition_penalty: z.number().min(0.1).max(5).default(1),
  max_tokens: z.number().int().min(1).max(8192).default(256),
  seed: z.number().int().default(42),
});
export type Sampling = z.infer<typeof samplingSchema>;

export const chatRequestSchema = samplingSchema.extend({
  target: z.string(),
  messages: z.array(chatMessageSchema).min(1),
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
