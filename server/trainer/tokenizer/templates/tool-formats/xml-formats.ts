/** Formats whose calls are tags around each argument: GLM-4.5, MiniMax-M2, Qwen 3.5, Seed-OSS. */
import { dumpJson, type JsonObject, type JsonValue } from "../python-json";
import { qwen } from "./json-formats";
import {
  argumentsOf,
  argumentText,
  looseValue,
  unwrapped,
  wrapped,
  type FunctionCall,
  type ToolFormat,
} from "./tool-format";

/** Calls found by `callPattern` (name, parameters), their parameters by `parameterPattern` (name, text). */
function taggedCalls(
  content: string,
  callPattern: RegExp,
  parameterPattern: RegExp,
  trimmed: boolean,
): FunctionCall[] {
  return [...content.matchAll(callPattern)].map(([, name, block]) => {
    const values: JsonObject = new Map();
    for (const [, key, raw] of block!.matchAll(parameterPattern)) {
      values.set(key!, looseValue(raw!.trim(), trimmed ? raw!.trim() : raw!));
    }
    return { name: name!.trim(), arguments: dumpJson(values) };
  });
}

const orNull = (calls: FunctionCall[]) => (calls.length > 0 ? calls : null);

const eachArgument = (call: FunctionCall, write: (key: string, value: string) => string) =>
  [...argumentsOf(call)].map(([key, value]: [string, JsonValue]) => write(key, argumentText(value))).join("");

export const glm4Moe: ToolFormat = {
  describe: (tools) =>
    "\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\n" +
    "You are provided with function signatures within <tools></tools> XML tags:\n" +
    `<tools>${tools.map((tool) => `\n${dumpJson(wrapped(tool))}`).join("")}` +
    "\n</tools>\n\nFor each function call, output the function name and arguments within the following XML format:" +
    "\n<tool_call>{function-name}\n<arg_key>{arg-key-1}</arg_key>\n<arg_value>{arg-value-1}</arg_value>" +
    "\n<arg_key>{arg-key-2}</arg_key>\n<arg_value>{arg-value-2}</arg_value>\n...\n</tool_call>\n",
  call: (calls) =>
    calls
      .map(
        (call) =>
          `\n<tool_call>${call.name}` +
          eachArgument(call, (key, value) => `\n<arg_key>${key}</arg_key>\n<arg_value>${value}</arg_value>`),
      )
      .join("\n"),
  // LLaMA-Factory looks for Qwen's JSON here as well.
  extract: (content) => qwen.extract(content),
};

export const minimax2: ToolFormat = {
  describe: (tools) =>
    "\n\n# Tools\n\nYou may call one or more tools to assist with the user query.\n" +
    "Here are the tools available in JSONSchema format:\n\n<tools>\n" +
    `${tools.map((tool) => `<tool>${dumpJson(unwrapped(tool))}</tool>\n`).join("")}</tools>\n\n` +
    "When making tool calls, use XML format to invoke tools and pass parameters:\n" +
    '\n<minimax:tool_call>\n<invoke name="tool-name-1">\n<parameter name="param-key-1">param-value-1</parameter>\n' +
    '<parameter name="param-key-2">param-value-2</parameter>\n...\n</invoke>\n</minimax:tool_call>',
  call: (calls) =>
    calls
      .map(
        (call) =>
          `<invoke name="${call.name}">` +
          eachArgument(call, (key, value) => `\n<parameter name="${key}">${value}</parameter>`) +
          "\n</invoke>",
      )
      .join("\n"),
  extract(content) {
    const block = /<minimax:tool_call>\s*(.+?)\s*<\/minimax:tool_call>/s.exec(content);
    if (!block) return null;
    const invoke = /<invoke name="(.*?)">(.*?)<\/invoke>/gs;
    return taggedCalls(block[1]!, invoke, /<parameter name="(.*?)">(.*?)<\/parameter>/gs, false);
  },
};

const EXAMPLE_CALL =
  "<function=example_function_name>\n<parameter=example_parameter_1>\nvalue_1\n</parameter>\n" +
  "<parameter=example_parameter_2>\nThis is the value for the second parameter\nthat can span\nmultiple lines\n" +
  "</parameter>\n</function>";

export const qwen35: ToolFormat = {
  describe: (tools) =>
    "\n\n# Tools\n\nYou have access to the following functions:\n\n" +
    `<tools>${tools.map((tool) => `\n${dumpJson(unwrapped(tool))}`).join("")}` +
    "\n</tools>\n\nIf you choose to call a function ONLY reply in the following format with NO suffix:\n\n" +
    `<tool_call>\n${EXAMPLE_CALL}\n</tool_call>\n\n<IMPORTANT>\nReminder:\n` +
    "- Function calls MUST follow the specified format: " +
    "an inner <function=...></function> block must be nested within <tool_call></tool_call> XML tags\n" +
    "- Required parameters MUST be specified\n" +
    "- You may provide optional reasoning for your function call in natural language " +
    "BEFORE the function call, but NOT after\n" +
    "- If there is no function call available, answer the question like normal with your current knowledge " +
    "and do not tell the user about function calls\n</IMPORTANT>",
  call: (calls) =>
    calls
      .map(
        (call) =>
          `<tool_call>\n<function=${call.name}>` +
          eachArgument(call, (key, value) => `\n<parameter=${key}>\n${value}\n</parameter>`) +
          "\n</function>\n</tool_call>",
      )
      .join("\n"),
  extract(content) {
    const call = /<tool_call>\s*<function=\s*([^\s<>]+)\s*(.*?)\s*<\/function>\s*<\/tool_call>/gs;
    return orNull(taggedCalls(content, call, /<parameter=(.*?)>(.*?)<\/parameter>/gs, true));
  },
};

export const seedOss: ToolFormat = {
  describe: (tools) =>
    "system\nYou are Doubao, a helpful AI assistant. You may call one or more functions to assist with the user query." +
    "Tool List:\nYou are authorized to use the following tools (described in JSON Schema format). Before performing " +
    `any task, you must decide how to call them based on the descriptions and parameters of these tools.\n${dumpJson([...tools])}\n` +
    "工具调用请遵循如下格式:\n<seed:tool_call>\n<function=example_function_name>\n<parameter=example_parameter_1>value_1" +
    "</parameter>\n<parameter=example_parameter_2>This is the value for the second parameter\nthat can span\nmultiple " +
    "lines</parameter>\n</function>\n</seed:tool_call>\n",
  call: (calls) =>
    calls
      .map(
        (call) =>
          `\n<seed:tool_call>\n<function=${call.name}` +
          eachArgument(call, (key, value) => `\n<parameter=${key}>${value}</parameter>`) +
          "\n</function>\n</seed:tool_call>",
      )
      .join("\n"),
  extract(content) {
    const call = /<seed:tool_call>\s*<function=\s*([^\s<]+)\s*(.*?)\s*<\/function>\s*<\/seed:tool_call>/gs;
    return orNull(taggedCalls(content, call, /<parameter=(.*?)>(.*?)<\/parameter>/gs, false));
  },
};
