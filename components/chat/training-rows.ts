/**
 * Answers as rows to train on: one answer with what was said before it, a target's whole side of a conversation, or pairs
 * of what was liked and what was not. In the columns of any dataset that has a place for them. Pure.
 */
import type { ChatMessage } from "@/server/contract/chat";
import { parseTools } from "@/server/contract/chat-tools";
import type { Asking } from "@/server/contract/conversations";
import { datasetColumns, datasetTags, type DatasetEntry } from "@/server/contract/dataset-info";
import { NONE, TIE } from "./blind-vote";
import { answerMessage, historyFor, isSaid, type Turn } from "./conversation";

/** A conversation that ends with the model's answer. */
export interface Example {
  messages: readonly ChatMessage[];
  /** OpenAI's tools as JSON; "" for none. */
  tools: string;
}

export interface PreferencePair {
  asked: readonly ChatMessage[];
  chosen: string;
  rejected: string;
}

export type Row = Record<string, unknown>;

/** What datasets are told to be that are made here. */
export const CONVERSATION_ENTRY: DatasetEntry = {
  formatting: "sharegpt",
  ranking: false,
  columns: { messages: "conversations", system: "system", tools: "tools" },
};
export const PAIR_ENTRY: DatasetEntry = {
  formatting: "sharegpt",
  ranking: true,
  columns: { messages: "conversations", chosen: "chosen", rejected: "rejected" },
};

type Side = Pick<Asking, "system" | "tools">;

/** An answer with what was said before it; null where there is none yet. */
export function exampleAt(
  turns: readonly Turn[],
  turnId: string,
  target: string,
  side: Side,
): Example | null {
  const answer = turns.find(({ id }) => id === turnId)?.answers[target];
  if (!isSaid(answer)) return null;
  const asked = historyFor(turns, { turnId, target, system: side.system });
  const tools = parseTools(side.tools) ?? [];
  return {
    messages: [...asked, answerMessage(turnId, answer)],
    tools: tools.length === 0 ? "" : JSON.stringify(tools.map((tool) => tool.function)),
  };
}

/** All that a target said, each stretch of the conversation as one example: questions asked by themselves stand alone. */
export function examplesOf(turns: readonly Turn[], target: string, side: Side): Example[] {
  const isLastOfStretch = (index: number) => {
    const next = turns.findIndex(
      ({ before, answers }, at) => at > index && (before !== null || isSaid(answers[target])),
    );
    return next < 0 || turns[next]!.before !== null;
  };
  return turns.flatMap((turn, index) => {
    if (!isSaid(turn.answers[target]) || !isLastOfStretch(index)) return [];
    const example = exampleAt(turns, turn.id, target, side);
    return example ? [example] : [];
  });
}

/** For every vote the answer that won beside each one that did not. */
export function pairsOf(turns: readonly Turn[], { system }: Pick<Asking, "system">): PreferencePair[] {
  return turns.flatMap(({ id: turnId, vote, answers }) => {
    if (vote === null || vote === TIE || vote === NONE || !isSaid(answers[vote])) return [];
    const chosen = answers[vote].text;
    const asked = historyFor(turns, { turnId, target: vote, system });
    const others = Object.entries(answers).filter(([target, answer]) => target !== vote && isSaid(answer));
    return [...new Set(others.map(([, { text }]) => text))].flatMap((rejected) =>
      rejected === chosen || rejected === "" || chosen === "" ? [] : [{ asked, chosen, rejected }],
    );
  });
}

/** A pair in the columns of `PAIR_ENTRY`. */
export function pairRow({ asked, chosen, rejected }: PreferencePair): Row {
  const tags = datasetTags(PAIR_ENTRY);
  return {
    conversations: asked.map((message) => taggedMessage(message, tags)),
    chosen: { from: "gpt", value: chosen },
    rejected: { from: "gpt", value: rejected },
  };
}

/** OpenAI's form of an example, one line of a .jsonl file. */
export function openAiRow({ messages, tools }: Example): Row {
  const plain = messages.map(({ tool_call_id: _, ...message }) => message);
  return { messages: plain, ...(tools !== "" && { tools }) };
}

/** Whether rows of answers can stand in a dataset at all. */
export function takesAnswers(entry: DatasetEntry): boolean {
  const columns = datasetColumns(entry);
  if (entry.ranking || columns.kto_tag !== null) return false;
  return entry.formatting === "alpaca"
    ? columns.prompt !== null && columns.response !== null
    : columns.messages !== null;
}

/** An example in a dataset's own columns; null where it has none for earlier turns, a system prompt or tools. */
export function rowFor({ messages, tools }: Example, entry: DatasetEntry): Row | null {
  if (!takesAnswers(entry)) return null;
  return entry.formatting === "alpaca"
    ? alpacaRow(messages, tools, entry)
    : messagesRow(messages, tools, entry);
}

function alpacaRow(messages: readonly ChatMessage[], tools: string, entry: DatasetEntry): Row | null {
  const columns = datasetColumns(entry);
  const hasSystem = messages[0]?.role === "system";
  const turns = hasSystem ? messages.slice(1) : messages;
  const isPlain = turns.every(({ role, tool_calls }) => role !== "tool" && tool_calls === undefined);
  const earlier = turns.slice(0, -2);
  if (!isPlain || tools !== "" || (hasSystem && !columns.system) || (earlier.length > 0 && !columns.history))
    return null;
  const pairs = earlier.flatMap(({ content }, index) =>
    index % 2 === 0 ? [[content, earlier[index + 1]?.content ?? ""]] : [],
  );
  return {
    [columns.prompt!]: turns.at(-2)?.content ?? "",
    ...(columns.query && { [columns.query]: "" }),
    [columns.response!]: turns.at(-1)?.content ?? "",
    ...(columns.history && { [columns.history]: pairs }),
    ...(columns.system && { [columns.system]: hasSystem ? messages[0]!.content : "" }),
  };
}

function messagesRow(messages: readonly ChatMessage[], tools: string, entry: DatasetEntry): Row | null {
  const columns = datasetColumns(entry);
  const tags = datasetTags(entry);
  const hasSystem = messages[0]?.role === "system";
  if ((tools !== "" && !columns.tools) || (hasSystem && !columns.system && !tags.system_tag)) return null;
  const inColumn = hasSystem && columns.system !== null;
  const listed = inColumn ? messages.slice(1) : messages;
  return {
    [columns.messages!]: listed.map((message) => taggedMessage(message, tags)),
    ...(columns.system && { [columns.system]: inColumn ? messages[0]!.content : "" }),
    ...(columns.tools && { [columns.tools]: tools }),
  };
}

/** A message under a dataset's names; functions that are called stand as JSON, as LLaMA-Factory reads them. */
function taggedMessage(
  { role, content, tool_calls }: ChatMessage,
  tags: ReturnType<typeof datasetTags>,
): Row {
  const roleKey = tags.role_tag ?? "from";
  const contentKey = tags.content_tag ?? "value";
  if (tool_calls !== undefined) {
    const calls = tool_calls.map(({ function: call }) => ({
      name: call.name,
      arguments: parsedOr(call.arguments),
    }));
    const value = JSON.stringify(calls.length === 1 ? calls[0] : calls);
    return { [roleKey]: tags.function_tag ?? "function_call", [contentKey]: value };
  }
  const names = {
    system: tags.system_tag ?? "system",
    user: tags.user_tag ?? "human",
    assistant: tags.assistant_tag ?? "gpt",
    tool: tags.observation_tag ?? "observation",
  };
  return { [roleKey]: names[role], [contentKey]: content };
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
