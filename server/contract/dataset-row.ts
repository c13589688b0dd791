/**
 * A dataset's row as the turns of a conversation, whichever of LLaMA-Factory's formats it is in: for previews, checks and
 * live previews of a mapping. Shared by browser and console; it is lenient where the trainer is strict, and never throws.
 */
import { datasetColumns, datasetTags } from "./dataset-columns";
import type { DatasetEntry } from "./dataset-info";
import { isObject, type Row } from "./raw-row";

export type Speaker = "system" | "person" | "model" | "tool" | "chosen" | "rejected" | "text";

export interface Turn {
  speaker: Speaker;
  text: string;
}

/** Roles that are told from the words themselves, where an entry's tags do not name them. */
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

/**
 * The turns of a row; null where the row has a shape of its own and is best shown as it stands.
 * @param entry what dataset_info.json says of its columns; without one the usual names are tried
 */
export function turnsOf(row: unknown, entry?: DatasetEntry): Turn[] | null {
  if (!isObject(row)) return null;
  const turns = entry ? turnsByEntry(row, entry) : turnsByName(row);
  return turns && turns.length > 0 ? turns : null;
}

function turnsByEntry(row: Row, entry: DatasetEntry): Turn[] | null {
  const columns = datasetColumns(entry);
  const at = (column: string | null) => (column === null ? undefined : row[column]);
  const isMessages = entry.formatting !== "alpaca";
  const liked = at(columns.kto_tag);
  const answer: Speaker = typeof liked === "boolean" ? (liked ? "chosen" : "rejected") : "model";
  let turns: Turn[] | null;
  if (isMessages) {
    const messages = at(columns.messages);
    turns = Array.isArray(messages) ? messageTurns(messages, roleReader(entry)) : null;
    if (turns && answer !== "model") {
      const last = turns.findLastIndex(({ speaker }) => speaker === "model");
      if (last >= 0) turns[last] = { ...turns[last]!, speaker: answer };
    }
  } else {
    const asked = [textIn(at(columns.prompt)), textIn(at(columns.query))].filter(Boolean).join("\n");
    const answered = columns.response === null ? null : textIn(at(columns.response));
    if (!asked && answered === null) turns = null;
    else if (columns.response === null && columns.chosen === null) turns = [{ speaker: "text", text: asked }];
    else {
      turns = [
        ...historyTurns(at(columns.history)),
        ...(asked ? [{ speaker: "person" as const, text: asked }] : []),
        ...(answered ? [{ speaker: answer, text: answered }] : []),
      ];
    }
  }
  if (!turns) return null;
  const pair = entry.ranking
    ? (["chosen", "rejected"] as const).flatMap((speaker) => {
        const text = answerText(at(columns[speaker] ?? speaker));
        return text ? [{ speaker, text }] : [];
      })
    : [];
  return withSystem([...turns, ...pair], textIn(at(columns.system)));
}

function turnsByName(row: Row): Turn[] | null {
  const messages = row["conversations"] ?? row["messages"];
  const turns = Array.isArray(messages)
    ? messageTurns(messages, ({ from, role }) => SPEAKER_OF_ROLE[String(from ?? role)])
    : alpacaTurns(row);
  if (!turns || turns.length === 0) return null;
  const pair = (["chosen", "rejected"] as const).flatMap((speaker) => {
    const text = answerText(row[speaker]);
    return text ? [{ speaker, text }] : [];
  });
  return withSystem([...turns, ...pair], textIn(row["system"]));
}

function withSystem(turns: Turn[], system: string | null): Turn[] {
  return system && turns[0]?.speaker !== "system" ? [{ speaker: "system", text: system }, ...turns] : turns;
}

function roleReader(entry: DatasetEntry): (message: Row) => Speaker | undefined {
  const tags = datasetTags(entry);
  const speakers = new Map<unknown, Speaker>([
    [tags.system_tag, "system"],
    [tags.user_tag, "person"],
    [tags.assistant_tag, "model"],
    [tags.observation_tag, "tool"],
    [tags.function_tag, "model"],
  ]);
  speakers.delete(null);
  return (message) => {
    const role = message[tags.role_tag ?? "from"];
    return speakers.get(role) ?? SPEAKER_OF_ROLE[String(role)];
  };
}

function messageTurns(
  messages: readonly unknown[],
  speakerOf: (message: Row) => Speaker | undefined,
): Turn[] {
  return messages.flatMap((message) => {
    if (typeof message !== "object" || message === null) return [];
    const text = messageText(message as Row);
    return text === null ? [] : [{ speaker: speakerOf(message as Row) ?? "text", text }];
  });
}

function alpacaTurns(row: Row): Turn[] | null {
  const asked = [textIn(row["instruction"]), textIn(row["input"])].filter(Boolean).join("\n");
  const answered = textIn(row["output"]);
  if (asked) {
    return [
      ...historyTurns(row["history"]),
      { speaker: "person", text: asked },
      ...(answered ? [{ speaker: "model" as const, text: answered }] : []),
    ];
  }
  const text = textIn(row["text"]) ?? textIn(row["content"]);
  return text === null ? null : [{ speaker: "text", text }];
}

function historyTurns(history: unknown): Turn[] {
  if (!Array.isArray(history)) return [];
  return history.flatMap((pair): Turn[] =>
    Array.isArray(pair)
      ? [
          { speaker: "person", text: String(pair[0]) },
          { speaker: "model", text: String(pair[1]) },
        ]
      : [],
  );
}

/** A chosen or rejected answer: text, a message, or a conversation that ends with it. */
function answerText(value: unknown): string | null {
  if (Array.isArray(value)) return answerText(value.at(-1));
  if (typeof value === "object" && value !== null) return messageText(value as Row);
  return textIn(value);
}

function messageText(message: Row): string | null {
  const text = textIn(message["value"]) ?? textIn(message["content"]);
  if (text !== null) return text;
  const calls = message["tool_calls"];
  return Array.isArray(calls) && calls.length > 0 ? JSON.stringify(calls) : null;
}

function textIn(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
