/**
 * The sharegpt and openai formats: a list of messages, each with a role and content under the data set's own tags.
 */
import type { DatasetTags } from "@/server/contract/dataset-info";
import { dumpJson, fromPlain } from "../tokenizer/templates/python-json";
import type { Message, Role } from "../tokenizer/templates/template";
import type { AlignedExample } from "./aligned-example";
import { ContentError, joinParts } from "./content-parts";
import { shown, type RowColumns } from "./row-columns";

export interface MessageFormat {
  readonly tags: DatasetTags;
  /** Whether the data set holds pairs of a chosen and a rejected answer. */
  readonly ranking: boolean;
}

type RawMessage = Readonly<Record<string, unknown>>;

const ASKING: readonly Role[] = ["user", "observation"];
const ANSWERING: readonly Role[] = ["assistant", "function"];

export function alignSharegpt(columns: RowColumns, format: MessageFormat): AlignedExample {
  const { system, messages } = splitSystem(columns, format.tags);
  const roles = rolesByTag(format.tags);
  const aligned: Message[] = [];
  let broken: string | null = null;
  for (const [i, message] of messages.entries()) {
    const role = roleOf(message, roles, format.tags);
    if (!role || !(i % 2 === 0 ? ASKING : ANSWERING).includes(role)) {
      broken = `message ${i + 1} has the role ${shown(message[format.tags.role_tag ?? ""])} out of turn`;
      break;
    }
    aligned.push({ role, content: contentOf(columns, message, i, format.tags) });
  }
  const tools = columns.tools();
  return finish(columns, format, { aligned, broken, system, tools });
}

/** OpenAI's messages: tool calls beside the content, several tool answers in a row. */
export function alignOpenai(columns: RowColumns, format: MessageFormat): AlignedExample {
  const { system, messages } = splitSystem(columns, format.tags);
  const aligned = openaiTurns(columns, messages, format.tags);
  const wrong = aligned.findIndex(({ role }, i) => !(i % 2 === 0 ? ASKING : ANSWERING).includes(role));
  const broken = wrong < 0 ? null : `message ${wrong + 1} is from ${aligned[wrong]!.role}, out of turn`;
  const tools = columns.tools();
  return finish(columns, format, { aligned, broken, system: openaiSystem(system ?? "", tools ?? ""), tools });
}

function openaiTurns(columns: RowColumns, messages: readonly RawMessage[], tags: DatasetTags): Message[] {
  const roles = rolesByTag(tags);
  const aligned: Message[] = [];
  let answers: string[] = [];
  for (const [i, message] of messages.entries()) {
    let role = roleOf(message, roles, tags);
    if (!role)
      throw columns.wrong(`message ${i + 1} has the unknown role ${shown(message[tags.role_tag ?? ""])}`);
    const calls = message["tool_calls"];
    if (role === "observation") {
      answers.push(contentOf(columns, message, i, tags));
      continue;
    }
    if (answers.length > 0) {
      aligned.push({ role: "observation", content: answers.join("\n</tool_response>\n<tool_response>\n") });
      answers = [];
    }
    if (ANSWERING.includes(role) && Array.isArray(calls) && calls.length > 0) {
      role = "function";
      const functions = (calls as RawMessage[]).map((call) => fromPlain(call["function"]));
      aligned.push({ role, content: dumpJson(functions) });
    } else aligned.push({ role, content: contentOf(columns, message, i, tags) });
  }
  return aligned;
}

/** LLaMA-Factory writes Ling's switch for long thoughts into the system message of every openai row. */
function openaiSystem(system: string, tools: string): string {
  const off = "detailed thinking off";
  if (!system) return tools ? "" : off;
  if (tools) return `${system}\n`;
  return system.includes("detailed thinking on") || system.includes(off) ? system : `${system}\n${off}`;
}

function splitSystem(
  columns: RowColumns,
  tags: DatasetTags,
): { system: string | null; messages: RawMessage[] } {
  // Pairs may hold two whole conversations, which differ in their last message.
  const chosen = columns.has("messages") ? null : columns.optional("chosen");
  const value = Array.isArray(chosen) ? chosen.slice(0, -1) : columns.required("messages");
  if (!Array.isArray(value)) throw columns.wrong(`its messages are ${shown(value)}, a list is needed`);
  const messages = value.map((message: unknown, i) => {
    if (typeof message === "object" && message !== null) return message as RawMessage;
    throw columns.wrong(`message ${i + 1} is ${shown(message)}, an object is needed`);
  });
  if (tags.system_tag !== null && messages[0] && tagOf(messages[0], tags) === tags.system_tag) {
    return { system: contentOf(columns, messages[0], 0, tags), messages: messages.slice(1) };
  }
  return { system: columns.text("system", { required: false }), messages };
}

function rolesByTag(tags: DatasetTags): Map<unknown, Role> {
  const pairs: [string | null, Role][] = [
    [tags.user_tag, "user"],
    [tags.assistant_tag, "assistant"],
    [tags.observation_tag, "observation"],
    [tags.function_tag, "function"],
  ];
  return new Map(pairs.filter(([tag]) => tag !== null));
}

const tagOf = (message: RawMessage, tags: DatasetTags) => message[tags.role_tag ?? ""];

/** Who speaks; an answer whose parts call tools is a call. */
function roleOf(message: RawMessage, roles: ReadonlyMap<unknown, Role>, tags: DatasetTags): Role | undefined {
  const role = roles.get(tagOf(message, tags));
  const content = message[tags.content_tag ?? ""];
  const calls =
    Array.isArray(content) && content.some((part) => (part as RawMessage | null)?.["type"] === "tool_call");
  return role === "assistant" && calls ? "function" : role;
}

function contentOf(columns: RowColumns, message: RawMessage, index: number, tags: DatasetTags): string {
  const key = tags.content_tag ?? "";
  const content = message[key];
  checkWeight(columns, message, index, tags);
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return partsOf(columns, content, index);
  const present = Object.keys(message).join(", ");
  throw columns.wrong(
    `message ${index + 1} has ${shown(content)} as "${key}", text is needed. Its keys are: ${present || "none"}`,
  );
}

function partsOf(columns: RowColumns, parts: readonly unknown[], index: number): string {
  try {
    return joinParts(parts).text;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    if (error.isMedia) throw columns.multimodal(`message ${index + 1} ${error.message}`);
    throw columns.wrong(`message ${index + 1} ${error.message}`);
  }
}

/** Answers are trained on and the rest is read, so a weight can say nothing else. */
function checkWeight(columns: RowColumns, message: RawMessage, index: number, tags: DatasetTags): void {
  const weight = message["loss_weight"];
  if (weight === undefined || weight === null) return;
  const role = rolesByTag(tags).get(tagOf(message, tags));
  const usual = role !== undefined && ANSWERING.includes(role) ? 1 : 0;
  if (weight === usual) return;
  throw columns.wrong(
    `message ${index + 1} has the loss_weight ${shown(weight)}; here answers count 1 and all else 0. Remove it, or use mask_history to train on the last answer only`,
  );
}

function finish(
  columns: RowColumns,
  format: MessageFormat,
  parts: { aligned: Message[]; broken: string | null; system: string | null; tools: string | null },
): AlignedExample {
  const { aligned, system, tools } = parts;
  const wantsOdd = format.ranking;
  const broken =
    parts.broken ??
    ((aligned.length % 2 === 1) === wantsOdd
      ? null
      : `it has ${aligned.length} messages, which do not pair up`);
  const common = { system, tools, broken, row: columns.row.place };
  if (broken !== null) return { prompt: [], response: [], ...common };
  const liked = columns.optional("kto_tag");
  const last = aligned.slice(-1);
  const empty: Message = { role: "assistant", content: "" };
  if (typeof liked === "boolean") {
    return { prompt: aligned.slice(0, -1), response: liked ? [...last, empty] : [empty, ...last], ...common };
  }
  if (format.ranking) {
    checkSharedPrompt(columns);
    const answers = [answer(columns, "chosen", format.tags), answer(columns, "rejected", format.tags)];
    return { prompt: aligned, response: answers, ...common };
  }
  return { prompt: aligned.slice(0, -1), response: last, ...common };
}

function answer(columns: RowColumns, meaning: "chosen" | "rejected", tags: DatasetTags): Message {
  const given = columns.required(meaning);
  const value: unknown = Array.isArray(given) ? given.at(-1) : given;
  const message = (typeof value === "object" && value !== null ? value : {}) as RawMessage;
  const role = rolesByTag(tags).get(tagOf(message, tags));
  if (!role || !ANSWERING.includes(role)) {
    throw columns.wrong(`its ${meaning} answer is ${shown(value)}, a message from the assistant is needed`);
  }
  return { role, content: contentOf(columns, message, 0, tags) };
}

/** Two whole conversations are a pair only where they are the same up to their last message. */
function checkSharedPrompt(columns: RowColumns): void {
  const [chosen, rejected] = [columns.optional("chosen"), columns.optional("rejected")];
  if (columns.has("messages") || !Array.isArray(chosen) || !Array.isArray(rejected)) return;
  if (JSON.stringify(chosen.slice(0, -1)) === JSON.stringify(rejected.slice(0, -1))) return;
  throw columns.wrong("its chosen and rejected conversations differ before their last message");
}
