/**
 * Conversations that are kept: what was asked, what each target answered, which answer was liked best. One JSON file each
 * below chats/ in the home folder, under its id.
 *
 *   GET    /api/chat/conversations?search=   { items: ConversationSummary[] }, newest first
 *   GET    /api/chat/conversations/:id       Conversation
 *   PUT    /api/chat/conversations/:id       KeepConversation → ConversationHead   (busy where another page has changed it)
 *   PATCH  /api/chat/conversations/:id       { title } → ConversationHead
 *   DELETE /api/chat/conversations/:id       { removed: id }
 */
import { z } from "zod";
import { chatMessageSchema, samplingSchema, toolsSchema } from "./chat";
import { engineWishSchema } from "./engine-id";

export const MOST_PANES = 4;

/** A file name, and a part of an address: never a path. */
export const conversationIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{7,63}$/, "A conversation's id is made of small letters, digits and dashes.");

export const toolCallSchema = z.object({ name: z.string(), arguments: z.string() });
export type ToolCall = z.infer<typeof toolCallSchema>;

/** An answer that has ended, one way or another. */
export const keptAnswerSchema = z.object({
  text: z.string(),
  state: z.enum(["done", "stopped", "failed"]),
  /** Functions that the model wants called. */
  tool_calls: z.array(toolCallSchema).default([]),
  /** Why it failed. */
  error: z.string().nullable(),
  /** By the server's count where it told, else pieces. */
  tokens: z.number(),
  /** From asking to the first piece; null before it. */
  first_ms: z.number().nullable(),
  /** From the first piece to the last. */
  write_ms: z.number(),
  /** From the first piece to the end of the thinking; null without thinking. */
  think_ms: z.number().nullable(),
  /** Ended because of max_tokens. */
  cut: z.boolean(),
});
export type KeptAnswer = z.infer<typeof keptAnswerSchema>;

/** A target, or "tie": all equally good, or "none": none of them. */
export const voteSchema = z.string().min(1);

export const keptTurnSchema = z.object({
  id: z.string(),
  /** Who asks: a person, or a tool that was called. */
  role: z.enum(["user", "tool"]).default("user"),
  text: z.string(),
  /** What stands before the question instead of the conversation so far; null where that stands there. */
  before: z.array(chatMessageSchema).nullable().default(null),
  /** By target id. */
  answers: z.record(z.string(), keptAnswerSchema),
  /** Target ids in the order in which they were shown without their names; null where names were shown. */
  order: z.array(z.string()).nullable().default(null),
  vote: voteSchema.nullable().default(null),
});
export type KeptTurn = z.infer<typeof keptTurnSchema>;

/** What every target is asked with. */
export const askingSchema = z.object({
  system: z.string(),
  /** OpenAI's list of tools as it was written; "" for none. */
  tools: toolsSchema.default(""),
  sampling: samplingSchema,
  /** Which engine answers; "auto" is each model's own. */
  engine: engineWishSchema.default("auto"),
});
export type Asking = z.infer<typeof askingSchema>;

const contentShape = {
  /** Target ids, first to last. */
  panes: z.array(z.string()).max(MOST_PANES),
  /** What targets are called, also after they are gone: by target id. */
  names: z.record(z.string(), z.string()),
  asking: askingSchema,
  turns: z.array(keptTurnSchema).max(2000),
};

export const conversationHeadSchema = z.object({
  id: conversationIdSchema,
  title: z.string(),
  /** Counts up with every change. */
  revision: z.number().int(),
  /** ISO 8601. */
  changed_at: z.string(),
});
export type ConversationHead = z.infer<typeof conversationHeadSchema>;

/** As the file has it, but for what the file's own name and date say. */
export const conversationFileSchema = z.object({
  title: z.string(),
  revision: z.number().int(),
  ...contentShape,
});
export type ConversationFile = z.infer<typeof conversationFileSchema>;

export const conversationSchema = conversationHeadSchema.extend(contentShape);
export type Conversation = z.infer<typeof conversationSchema>;

export const titleSchema = z.string().trim().min(1, "A conversation needs a name.").max(120);

export const keepConversationSchema = z.object({
  /** The name of a new one; where missing its first question. A known one keeps its own. */
  title: titleSchema.optional(),
  /** The revision that the page has; 0 for a new one. */
  revision: z.number().int().min(0),
  ...contentShape,
});
export type KeepConversation = z.infer<typeof keepConversationSchema>;

export const conversationSummarySchema = conversationHeadSchema.omit({ revision: true }).extend({
  /** Questions asked. */
  turns: z.number(),
  /** What its panes are called. */
  panes: z.array(z.string()),
  /** Where the search found its words in the texts, with some of what stands around them; null without, or in the title. */
  found: z.string().nullable(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

export const renameConversationSchema = z.object({ title: titleSchema });

const TITLE_LENGTH = 60;

/** A name for a conversation that has none: the beginning of its first question. */
export function titleFrom(question: string): string {
  const line = question.replaceAll(/\s+/g, " ").trim();
  const letters = Array.from(line);
  return letters.length > TITLE_LENGTH ? `${letters.slice(0, TITLE_LENGTH - 1).join("")}…` : line || "…";
}
