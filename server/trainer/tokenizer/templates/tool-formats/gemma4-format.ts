/** Gemma 4: declarations and calls in a notation of its own, text between `<|"|>` marks. */
import { dumpJson, pythonText, PythonNumber, type JsonObject, type JsonValue } from "../python-json";
import { toolName, tryParseJson, unwrapped, type FunctionCall, type ToolFormat } from "./tool-format";

const MARK = '<|"|>';
const marked = (text: string) => MARK + text + MARK;
const isTruthy = (value: JsonValue | undefined): value is JsonValue =>
  value instanceof Map ? value.size > 0 : Array.isArray(value) ? value.length > 0 : Boolean(value);
const upperType = (value: JsonValue) => `type:${marked(pythonText(value).toUpperCase())}`;

function declareProperty(name: string, schema: JsonValue): string {
  const parts: string[] = [];
  const map = schema instanceof Map ? schema : new Map<string, JsonValue>();
  const description = map.get("description");
  const type = map.get("type");
  if (isTruthy(description)) parts.push(`description:${marked(pythonText(description))}`);
  if (isTruthy(type)) parts.push(upperType(type));
  return `${name}:{${parts.join(",")}}`;
}

function declareParameters(parameters: JsonObject): string {
  const parts: string[] = [];
  const properties = parameters.get("properties");
  const required = parameters.get("required");
  const type = parameters.get("type");
  if (properties instanceof Map && properties.size > 0) {
    parts.push(
      `properties:{${[...properties].map(([name, schema]) => declareProperty(name, schema)).join(",")}}`,
    );
  }
  if (Array.isArray(required) && required.length > 0) {
    parts.push(`required:[${required.map((item) => marked(pythonText(item))).join(",")}]`);
  }
  if (isTruthy(type)) parts.push(upperType(type));
  return parts.join(",");
}

function declareResponse(response: JsonObject): string {
  const parts: string[] = [];
  const description = response.get("description");
  if (isTruthy(description)) parts.push(`description:${marked(pythonText(description))}`);
  const type = response.get("type") ?? "";
  if (pythonText(type).toUpperCase() === "OBJECT") parts.push(upperType(type));
  return parts.join(",");
}

function declare(tool: JsonObject): string {
  const parameters = tool.get("parameters");
  const response = tool.get("response");
  let text = `declaration:${toolName(tool)}{description:${marked(pythonText(tool.get("description") ?? ""))}`;
  if (parameters instanceof Map && parameters.size > 0)
    text += `,parameters:{${declareParameters(parameters)}}`;
  if (response instanceof Map && response.size > 0) text += `,response:{${declareResponse(response)}}`;
  return `${text}}`;
}

/** Python sorts text by code point, JavaScript by code unit. */
const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));

function writeArgument(value: JsonValue): string {
  if (typeof value === "string") return marked(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof PythonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeArgument).join(",")}]`;
  return `{${writeEntries(value)}}`;
}

const writeEntries = (value: JsonObject) =>
  [...value.keys()]
    .sort(byCodePoint)
    .map((key) => `${key}:${writeArgument(value.get(key)!)}`)
    .join(",");

function writeCall(call: FunctionCall): string {
  const value = tryParseJson(call.arguments) ?? call.arguments;
  const inner =
    value instanceof Map ? writeEntries(value) : typeof value === "string" ? value : writeArgument(value);
  return `<|tool_call>call:${call.name}{${inner}}<tool_call|>`;
}

/** `k:v,…` as JSON: marks become quotes, bare keys get them. */
function readArguments(text: string): string {
  if (text.trim() === "") return "{}";
  const quoted = `{${text.trim()}}`.replace(/<\|"\|>(.*?)<\|"\|>/gs, (_, inner: string) => dumpJson(inner));
  const keyed = quoted.replace(/(^|[{\s,])([A-Za-z_][A-Za-z0-9_]*)(\s*:)/g, '$1"$2"$3');
  const value = tryParseJson(keyed) ?? tryParseJson(text.trim()) ?? text.trim();
  return typeof value === "string" ? value : dumpJson(value);
}

export const gemma4: ToolFormat = {
  describe: (tools) => tools.map(unwrapped).map(declare).join("\n"),
  call: (calls) => calls.map(writeCall).join(""),
  extract(content) {
    const calls = [...content.matchAll(/<\|tool_call>call:([^{\s]+)\{(.*?)\}<tool_call\|>/gs)];
    if (calls.length === 0) return null;
    return calls.map(([, name, inner]) => ({ name: name!.trim(), arguments: readArguments(inner!) }));
  },
};
