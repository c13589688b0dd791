/** A dataset's row as a conversation, whichever of LLaMA-Factory's formats it is in. Pure. */

export type Speaker = "system" | "person" | "model" | "tool" | "chosen" | "rejected" | "text";

export interface Turn {
  speaker: Speaker;
  text: string;
}

const SPEAKER_OF_ROLE: Readonly<Record<string, Speaker>> = {
  system: "system",
  human: "person",
  user: "person",
  gpt: "model",
  assistant: "model",
  observation: "tool",
  tool: "tool",
  function_call: "model",
};

/** The turns of a row; null where the row has a shape of its own and is best shown as it stands. */
export function turnsOf(row: unknown): Turn[] | null {
  if (typeof row !== "object" || row === null) return null;
  const columns = row as Record<string, unknown>;
  const messages = columns["conversations"] ?? columns["messages"];
  const turns = Array.isArray(messages) ? turnsOfMessages(messages) : turnsOfAlpaca(columns);
  if (!turns || turns.length === 0) return null;
  const system = textIn(columns["system"]);
  const withSystem =
    system && turns[0]?.speaker !== "system"
      ? [{ speaker: "system" as const, text: system }, ...turns]
      : turns;
  return [...withSystem, ...preferences(columns)];
}

function turnsOfMessages(messages: readonly unknown[]): Turn[] {
  return messages.flatMap((message) => {
    if (typeof message !== "object" || message === null) return [];
    const { from, value, role, content } = message as Record<string, unknown>;
    const text = textIn(value) ?? textIn(content);
    if (text === null) return [];
    return [{ speaker: SPEAKER_OF_ROLE[String(from ?? role)] ?? "text", text }];
  });
}

function turnsOfAlpaca(columns: Record<string, unknown>): Turn[] | null {
  const asked = [textIn(columns["instruction"]), textIn(columns["input"])].filter((part) => part).join("\n");
  const answered = textIn(columns["output"]);
  if (asked) {
    return [
      ...historyTurns(columns["history"]),
      { speaker: "person", text: asked },
      ...(answered ? [{ speaker: "model" as const, text: answered }] : []),
    ];
  }
  const text = textIn(columns["text"]) ?? textIn(columns["content"]);
  return text === null ? null : [{ speaker: "text", text }];
}

function historyTurns(history: unknown): Turn[] {
  if (!Array.isArray(history)) return [];
  return history.flatMap((pair): Turn[] => {
    if (!Array.isArray(pair)) return [];
    return [
      { speaker: "person", text: String(pair[0]) },
      { speaker: "model", text: String(pair[1]) },
    ];
  });
}

function preferences(columns: Record<string, unknown>): Turn[] {
  return (["chosen", "rejected"] as const).flatMap((speaker) => {
    const value = columns[speaker];
    const text =
      textIn(value) ??
      (typeof value === "object" && value !== null ? textIn((value as { value?: unknown }).value) : null);
    return text ? [{ speaker, text }] : [];
  });
}

function textIn(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
