/** Prompts of a set as they are written and changed: most are one text, some are a conversation. Pure. */
import type { PromptEntry } from "@/server/contract/prompt-sets";
import type { SampleMessage } from "@/server/contract/samples";

/** The last thing that a prompt asks. */
export function questionOf(entry: PromptEntry): string {
  if (typeof entry === "string") return entry;
  return "prompt" in entry ? entry.prompt : (messagesOf(entry).at(-1)?.content ?? "");
}

/** Whether a prompt has a system text or earlier turns before its question. */
export function hasContext(entry: PromptEntry): boolean {
  return typeof entry !== "string" && !("prompt" in entry) && messagesOf(entry).length > 1;
}

/** The same prompt with another question; its id and what stands before the question stay. */
export function withQuestion(entry: PromptEntry, question: string): PromptEntry {
  if (typeof entry === "string") return question;
  if ("prompt" in entry) return { ...entry, prompt: question };
  const messages = messagesOf(entry).map((message, index, all) =>
    index === all.length - 1 ? { ...message, content: question } : message,
  );
  return Array.isArray(entry) ? messages : { ...entry, messages };
}

/** Without prompts that ask nothing. */
export function writtenPrompts(entries: readonly PromptEntry[]): PromptEntry[] {
  return entries.filter((entry) => questionOf(entry).trim() !== "");
}

function messagesOf(entry: SampleMessage[] | { messages: SampleMessage[] }): SampleMessage[] {
  return Array.isArray(entry) ? entry : entry.messages;
}
