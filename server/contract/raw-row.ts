/**
 * Values of rows as they come: texts, flags, messages in whatever dialect. Pure, and lenient: what cannot be read is empty.
 */

export type Row = Readonly<Record<string, unknown>>;

export interface MessageShape {
  /** null where LLaMA-Factory's own tags fit. */
  tags: Record<string, string> | null;
  toolCalls: boolean;
}

/** The keys and roles that the messages of the first rows have. */
export function messageShape(sample: readonly unknown[], column: string): MessageShape {
  const messages = rowsOf(sample).flatMap((row) => {
    const list = row[column];
    return Array.isArray(list) ? list.filter(isObject) : [];
  });
  const toolCalls = messages.some(({ tool_calls }) => Array.isArray(tool_calls) && tool_calls.length > 0);
  const first = messages[0];
  if (!first) return { tags: null, toolCalls };
  const roleTag = "from" in first ? "from" : "role" in first ? "role" : "from";
  const contentTag = "value" in first ? "value" : "content" in first ? "content" : "value";
  const roles = new Set(messages.map((message) => message[roleTag]));
  const role = (choices: readonly string[]) => choices.find((choice) => roles.has(choice)) ?? choices[0]!;
  const isChat = roleTag === "role" || roles.has("user") || roles.has("assistant");
  const tags = {
    role_tag: roleTag,
    content_tag: contentTag,
    user_tag: role(isChat ? ["user", "human"] : ["human", "user"]),
    assistant_tag: role(isChat ? ["assistant", "gpt"] : ["gpt", "assistant"]),
    observation_tag: role(isChat ? ["tool", "observation"] : ["observation", "tool"]),
    function_tag: role(["function_call", "function"]),
    system_tag: role(["system"]),
  };
  const usual = roleTag === "from" && contentTag === "value" && tags.user_tag === "human";
  return { tags: usual && tags.assistant_tag === "gpt" && !roles.has("tool") ? null : tags, toolCalls };
}

/** A text, a message or a list of messages as turns in ShareGPT's words. */
export function conversationOf(value: unknown): { from: string; value: string }[] {
  if (Array.isArray(value)) return value.flatMap((message) => conversationOf(message));
  if (!isObject(value)) {
    const text = textOf(value);
    return text === "" ? [] : [{ from: "human", value: text }];
  }
  const role = textOf(value["from"] ?? value["role"] ?? "human");
  const from = role === "user" ? "human" : role === "assistant" ? "gpt" : role;
  return [{ from, value: textOf(value["value"] ?? value["content"]) }];
}

/** Yes and no, however a table says it; null where it says neither. */
export function asFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = textOf(value).trim().toLowerCase();
  if (["true", "1", "yes", "y", "good", "like", "liked", "desirable", "chosen"].includes(word)) return true;
  if (["false", "0", "no", "n", "bad", "dislike", "disliked", "undesirable", "rejected"].includes(word))
    return false;
  return null;
}

/** A cell as text; "" where there is nothing. Objects and lists are written as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

/** Whether a cell holds nothing but spaces. */
export function isBlank(value: unknown): boolean {
  return textOf(value).trim() === "";
}

/** Whether a value has keys. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Those that are rows: objects of columns. */
export function rowsOf(sample: readonly unknown[]): Row[] {
  return sample.filter(isObject);
}
