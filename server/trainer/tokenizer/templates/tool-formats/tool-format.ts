/**
 * What a tool format does, and reading the pieces of tool descriptions that all formats need.
 */
import { dumpJson, parseJson, type JsonObject, type JsonValue } from "../python-json";

/** One call of a tool; `arguments` is JSON text in Python's spelling. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: string;
}

export interface ToolFormat {
  /** The part of the system message that describes the tools. `today` is printed by formats that tell the date. */
  describe(tools: readonly JsonObject[], today: Date): string;
  /** The assistant's turn that calls tools. */
  call(calls: readonly FunctionCall[]): string;
  /** The calls in an answer, the inverse of `call`; null where it holds none. */
  extract(content: string): FunctionCall[] | null;
}

/** The function's own description, out of OpenAI's `{type: "function", function}` or as it is. */
export function unwrapped(tool: JsonObject): JsonObject {
  const inner = tool.get("function");
  return tool.get("type") === "function" && inner instanceof Map ? inner : tool;
}

/** `{type: "function", function}` around the description, unless it is there already. */
export function wrapped(tool: JsonObject): JsonObject {
  return tool.get("type") === "function"
    ? tool
    : new Map<string, JsonValue>([
        ["type", "function"],
        ["function", tool],
      ]);
}

/** A tool's name. @throws Error where it has none */
export function toolName(tool: JsonObject): string {
  const name = tool.get("name");
  if (typeof name !== "string") throw new Error('a tool without "name"');
  return name;
}

/** The arguments of a call by name, in order. @throws Error where they are not an object */
export function argumentsOf(call: FunctionCall): JsonObject {
  const value = parseJson(call.arguments);
  if (!(value instanceof Map)) throw new Error(`the arguments of "${call.name}" are not a JSON object`);
  return value;
}

/** Text as it is, anything else as JSON. */
export function argumentText(value: JsonValue): string {
  return typeof value === "string" ? value : dumpJson(value);
}

/** A call from a parsed `{name, <key>: arguments}`; null where a part is missing. */
export function callFrom(value: JsonValue, key: "arguments" | "parameters"): FunctionCall | null {
  if (!(value instanceof Map)) return null;
  const name = value.get("name");
  const callArguments = value.get(key);
  if (typeof name !== "string" || callArguments === undefined) return null;
  return { name, arguments: dumpJson(callArguments) };
}

/** parseJson, or undefined where the text is not JSON. */
export function tryParseJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A parameter out of XML: JSON where it is JSON, else the text itself. */
export function looseValue(text: string, fallback: string): JsonValue {
  return tryParseJson(text) ?? (text === "null" ? null : fallback);
}
