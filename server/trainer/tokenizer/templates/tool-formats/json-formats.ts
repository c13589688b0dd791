/** Formats whose calls are JSON: GLM-4, Ling, Llama 3, MiniMax-M1, Mistral, Qwen. */
import { dumpJson, parseJson, type JsonValue } from "../python-json";
import {
  callFrom,
  toolName,
  tryParseJson,
  unwrapped,
  wrapped,
  type FunctionCall,
  type ToolFormat,
} from "./tool-format";

const asObject = (call: FunctionCall, key: "arguments" | "parameters"): JsonValue =>
  new Map<string, JsonValue>([
    ["name", call.name],
    [key, parseJson(call.arguments)],
  ]);

/** All calls, or null where one of them lacks a part. */
function allCalls(values: readonly JsonValue[], key: "arguments" | "parameters"): FunctionCall[] | null {
  const calls = values.map((value) => callFrom(value, key));
  return calls.includes(null) ? null : (calls as FunctionCall[]);
}

/** The whole answer as one call or a list of calls. */
function wholeAnswer(content: string, key: "arguments" | "parameters"): FunctionCall[] | null {
  const value = tryParseJson(content.trim());
  return value === undefined ? null : allCalls(Array.isArray(value) ? value : [value], key);
}

const TOOL_CALL_TAG = /<tool_call>(.+?)<\/tool_call>(?=\s*<tool_call>|\s*$)/gs;

const TAGGED_CALLS =
  "\n\nFor each function call, return a json object with function name and arguments within " +
  '<tool_call></tool_call> XML tags:\n<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>';

const SIGNATURES =
  "# Tools\n\nYou may call one or more functions to assist with the user query.\n\n" +
  "You are provided with function signatures within <tools></tools> XML tags:\n<tools>";

export const qwen: ToolFormat = {
  describe: (tools) =>
    `\n\n${SIGNATURES}${tools.map((tool) => `\n${dumpJson(wrapped(tool))}`).join("")}\n</tools>${TAGGED_CALLS}`,
  call: (calls) =>
    calls.map((call) => `<tool_call>\n${dumpJson(asObject(call, "arguments"))}\n</tool_call>`).join("\n"),
  extract(content) {
    const values = [...content.matchAll(TOOL_CALL_TAG)].map(([, inner]) => tryParseJson(inner!.trim()));
    if (values.length === 0 || values.includes(undefined)) return null;
    return allCalls(values as JsonValue[], "arguments");
  },
};

export const ling: ToolFormat = {
  ...qwen,
  describe: (tools) =>
    `${SIGNATURES}${tools.map((tool) => `\n${dumpJson(wrapped(tool))}`).join("")}\n</tools>${TAGGED_CALLS}` +
    "\ndetailed thinking off",
};

export const mistral: ToolFormat = {
  describe: (tools) => `[AVAILABLE_TOOLS] ${dumpJson(tools.map(wrapped))}[/AVAILABLE_TOOLS]`,
  call: (calls) => dumpJson(calls.map((call) => asObject(call, "arguments"))),
  extract: (content) => wholeAnswer(content, "arguments"),
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Python's `%d %b %Y`. */
const longDate = (date: Date) =>
  `${String(date.getDate()).padStart(2, "0")} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;

export const llama3: ToolFormat = {
  describe: (tools, today) =>
    `Cutting Knowledge Date: December 2023\nToday Date: ${longDate(today)}\n\n` +
    "You have access to the following functions. To call a function, please respond with JSON for a function call. " +
    'Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}. ' +
    `Do not use variables.\n\n${tools.map((tool) => `${dumpJson(wrapped(tool), 4)}\n\n`).join("")}`,
  call(calls) {
    const objects = calls.map((call) => asObject(call, "parameters"));
    return dumpJson(objects.length === 1 ? objects[0]! : objects);
  },
  extract: (content) => wholeAnswer(content, "parameters"),
};

export const glm4: ToolFormat = {
  describe: (tools) =>
    "你是一个名为 ChatGLM 的人工智能助手。你是基于智谱 AI 公司训练的语言模型 GLM-4 模型开发的，" +
    `你的任务是针对用户的问题和要求提供适当的答复和支持。\n\n# 可用工具${tools
      .map(unwrapped)
      .map(
        (tool) =>
          `\n\n## ${toolName(tool)}\n\n${dumpJson(tool, 4)}\n在调用上述函数时，请使用 Json 格式表示调用的参数。`,
      )
      .join("")}`,
  call(calls) {
    if (calls.length > 1) throw new Error("GLM-4 does not support parallel functions");
    return `${calls[0]!.name}\n${calls[0]!.arguments}`;
  },
  extract(content) {
    const newline = content.indexOf("\n");
    const value = newline < 0 ? undefined : tryParseJson(content.slice(newline + 1).trim());
    return value === undefined ? null : [{ name: content.slice(0, newline), arguments: dumpJson(value) }];
  },
};

export const minimax1: ToolFormat = {
  describe: (tools) =>
    `You are provided with these tools:\n<tools>\n${tools.map((tool) => `${dumpJson(unwrapped(tool))}\n`).join("")}</tools>\n\n` +
    "If you need to call tools, please respond with <tool_calls></tool_calls> XML tags, and provide tool-name and " +
    "json-object of arguments, following the format below:\n<tool_calls>\n" +
    '{"name": <tool-name-1>, "arguments": <args-json-object-1>}\n...\n</tool_calls>',
  call: (calls) =>
    `<tool_calls>\n${calls.map((call) => dumpJson(asObject(call, "arguments"))).join("\n")}\n</tool_calls>`,
  extract(content) {
    const block = /<tool_calls>\s*(.+?)\s*<\/tool_calls>/s.exec(content);
    if (!block) return null;
    const values = block[1]!.split("\n").map((line) => tryParseJson(line.trim()));
    return values.flatMap((value) => (value === undefined ? [] : (callFrom(value, "arguments") ?? [])));
  },
};
