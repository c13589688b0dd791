/**
 * The content of a turn in which the assistant calls tools: JSON of the calls, perhaps after a thought or some text,
 * becomes what the template's tool format writes.
 */
import { AppError } from "@/server/contract/errors";
import { dumpJson, parseJson } from "./python-json";
import type { FunctionCall, ToolFormat } from "./tool-formats";

export interface FunctionTurnFormat {
  readonly callFormat: ToolFormat;
  readonly thoughtWords: readonly [string, string];
  readonly toolCallWords: readonly [string, string];
  /** Templates that put the system message into the user's turn know no thoughts either. */
  readonly systemInUser: boolean;
}

/** @throws AppError dataset_malformed where the calls are not JSON or the format cannot write them. */
export function formatFunctionTurn(content: string, format: FunctionTurnFormat): string {
  const { callFormat, systemInUser } = format;
  if (systemInUser) return writeCalls(content, content, callFormat);
  const call = between(content, format.toolCallWords);
  if (call) return content.replaceAll(call.whole, "") + writeCalls(call.inner, content, callFormat);
  const thought = between(content, format.thoughtWords);
  if (!thought) return writeCalls(content, content, callFormat);
  return thought.whole + writeCalls(content.replaceAll(thought.whole, ""), content, callFormat);
}

/** The first stretch between two words, with and without them. */
function between(
  text: string,
  [open, close]: readonly [string, string],
): { whole: string; inner: string } | null {
  const start = text.indexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
  if (end < 0) return null;
  return { whole: text.slice(start, end + close.length), inner: text.slice(start + open.length, end) };
}

function writeCalls(json: string, content: string, callFormat: ToolFormat): string {
  try {
    return callFormat.call(parseCalls(json));
  } catch (error) {
    const reason = (error as Error).message;
    const shown = content.length > 200 ? `${content.slice(0, 200)}…` : content;
    throw new AppError("dataset_malformed", `A function message cannot be used (${reason}): ${shown}`, {
      cause: error,
    });
  }
}

function parseCalls(json: string): FunctionCall[] {
  const value = parseJson(json);
  return (Array.isArray(value) ? value : [value]).map((call) => {
    const name = call instanceof Map ? call.get("name") : undefined;
    const callArguments = call instanceof Map ? call.get("arguments") : undefined;
    if (typeof name !== "string" || callArguments === undefined)
      throw new Error('a call needs "name" and "arguments"');
    return { name, arguments: dumpJson(callArguments) };
  });
}
