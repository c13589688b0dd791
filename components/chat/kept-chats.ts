/**
 * Conversations kept in the browser, one per set of targets, the newest twenty. Sampling and system prompt are kept
 * once for all. What cannot be read counts as nothing.
 */
import { z } from "zod";
import { type EngineWish, engineWishSchema } from "@/server/contract/api";
import { type Sampling, samplingSchema } from "@/server/contract/chat";
import type { Turn } from "./conversation";

const CHATS_KEY = "tuneboard.chats";
const SETTINGS_KEY = "tuneboard.chatSettings";
const MAX_CHATS = 20;
const MAX_TURNS = 100;

const answerSchema = z.object({
  text: z.string(),
  state: z.enum(["done", "stopped", "failed"]),
  error: z.string().nullable(),
  tokens: z.number(),
  firstMs: z.number().nullable(),
  writeMs: z.number(),
  thinkMs: z.number().nullable(),
  cut: z.boolean(),
});
const turnSchema = z.object({
  id: z.string(),
  user: z.string(),
  answers: z.record(z.string(), answerSchema),
});
const chatsSchema = z.record(z.string(), z.object({ at: z.number(), turns: z.array(turnSchema) }));

export interface ChatSettings {
  system: string;
  sampling: Sampling;
  /** Which engine answers; "auto" is each model's own. */
  engine: EngineWish;
  /** Whether words that the base did not say are marked. */
  mark: boolean;
}

const settingsSchema = z.object({
  system: z.string(),
  sampling: samplingSchema,
  engine: engineWishSchema.default("auto"),
  mark: z.boolean(),
});

export const DEFAULT_SETTINGS: ChatSettings = {
  system: "",
  sampling: samplingSchema.parse({}),
  engine: "auto",
  mark: true,
};

type Store = Pick<Storage, "getItem" | "setItem">;

function read<T>(store: Store, key: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(store.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function chatKey(targets: readonly string[]): string {
  return [...targets].sort().join("\n");
}

/** What was said last time with these targets. */
export function readChat(store: Store, targets: readonly string[]): Turn[] {
  return read(store, CHATS_KEY, chatsSchema)?.[chatKey(targets)]?.turns ?? [];
}

/** Keeps a conversation; an empty one is forgotten. */
export function keepChat(store: Store, targets: readonly string[], turns: readonly Turn[], at = Date.now()) {
  const chats = new Map(
    Object.entries<{ at: number; turns: readonly Turn[] }>(read(store, CHATS_KEY, chatsSchema) ?? {}),
  );
  if (turns.length === 0) chats.delete(chatKey(targets));
  else chats.set(chatKey(targets), { at, turns: turns.slice(-MAX_TURNS) });
  const newest = [...chats].sort(([, a], [, b]) => b.at - a.at).slice(0, MAX_CHATS);
  write(store, CHATS_KEY, Object.fromEntries(newest));
}

export function readChatSettings(store: Store): ChatSettings {
  return read(store, SETTINGS_KEY, settingsSchema) ?? DEFAULT_SETTINGS;
}

export function keepChatSettings(store: Store, settings: ChatSettings) {
  write(store, SETTINGS_KEY, settings);
}

function write(store: Store, key: string, value: unknown) {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    // The browser's storage is full or forbidden; the conversation on screen goes on without it.
  }
}
