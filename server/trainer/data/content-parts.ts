/**
 * A message's content written as a list of parts, `[{"type": "text", "value": "…"}, …]`, as LLaMA-Factory's v1 data has it
 * (and OpenAI, with "text" in place of "value"): thoughts, answers and tool calls as the text that templates read.
 */
import { dumpJson, fromPlain } from "../tokenizer/templates/python-json";
import { shown } from "./row-columns";

export interface JoinedParts {
  readonly text: string;
  /** Whether the message calls tools. */
  readonly callsTools: boolean;
}

/** What is wrong with a content, to be told with the place of its row. */
export class ContentError extends Error {
  constructor(
    message: string,
    /** Whether it is of a kind that only multimodal training takes. */
    readonly isMedia = false,
  ) {
    super(message);
  }
}

/** @throws ContentError where a part is of an unknown kind or has no text */
export function joinParts(parts: readonly unknown[]): JoinedParts {
  let [thought, text] = ["", ""];
  const calls: unknown[] = [];
  for (const part of parts) {
    const { type, value } = readPart(part);
    if (type === "text") text += value;
    else if (type === "reasoning") thought += value;
    else if (type === "tool_call") calls.push(parseCall(value));
    else if (/image|audio|video/.test(type))
      throw new ContentError(`holds a part of the type "${type}"`, true);
    else throw new ContentError(`has a part of the unknown type "${type}"`);
  }
  if (calls.length > 0 && text.trim() !== "")
    throw new ContentError("has both text and tool calls, which templates write as two turns");
  const opening = thought === "" ? "" : `<think>\n${thought}\n</think>\n\n`;
  const content = calls.length > 0 ? dumpJson(fromPlain(calls)) : text;
  return { text: opening + content, callsTools: calls.length > 0 };
}

function readPart(part: unknown): { type: string; value: string } {
  const fields = (typeof part === "object" && part !== null ? part : {}) as Record<string, unknown>;
  const { type } = fields;
  if (typeof type !== "string") throw new ContentError(`has the part ${shown(part)}, which names no "type"`);
  const value = fields["value"] ?? fields["text"];
  if (typeof value === "string") return { type, value };
  if (/image|audio|video/.test(type)) return { type, value: "" };
  throw new ContentError(`has the part ${shown(part)}, whose "value" is no text`);
}

function parseCall(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ContentError(`has the tool call ${shown(text)}, which is not valid JSON`);
  }
}
