/** The format of templates without one of their own: "Action: … Action Input: …". */
import { dumpJson, pythonText, type JsonObject, type JsonValue } from "../python-json";
import { toolName, tryParseJson, unwrapped, type FunctionCall, type ToolFormat } from "./tool-format";

const CALL = /Action:\s*([a-zA-Z0-9_]+)\s*Action Input:\s*(.+?)(?=\s*Action:|\s*$)/gs;

function describeParameter(name: string, parameter: JsonObject, required: boolean): string {
  const text = (key: string) => pythonText(parameter.get(key) ?? "");
  const choices = parameter.get("enum");
  const items = parameter.get("items");
  const hasChoices = Array.isArray(choices) && choices.length > 0;
  const oneOf = hasChoices ? `, should be one of [${choices.map(pythonText).join(", ")}]` : "";
  const hasItems = items instanceof Map && items.size > 0;
  const each = hasItems ? `, where each item should be ${pythonText(items.get("type") ?? "")}` : "";
  return `  - ${name} (${text("type")}${required ? ", required" : ""}): ${text("description")}${oneOf}${each}\n`;
}

function describeTool(tool: JsonObject): string {
  const parameters = tool.get("parameters");
  const properties = parameters instanceof Map ? parameters.get("properties") : undefined;
  if (!(parameters instanceof Map) || !(properties instanceof Map)) {
    throw new Error(`the tool "${toolName(tool)}" has no "parameters" with "properties"`);
  }
  const required = parameters.get("required");
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  const lines = [...properties].map(([name, parameter]) =>
    describeParameter(
      name,
      parameter instanceof Map ? parameter : new Map<string, JsonValue>(),
      isRequired(name),
    ),
  );
  const description = pythonText(tool.get("description") ?? "");
  return `> Tool Name: ${toolName(tool)}\nTool Description: ${description}\nTool Args:\n${lines.join("")}\n`;
}

export const defaultFormat: ToolFormat = {
  describe(tools) {
    const described = tools.map(unwrapped);
    return (
      `You have access to the following tools:\n${described.map(describeTool).join("")}` +
      "Use the following format if using a tool:\n```\n" +
      `Action: tool name (one of [${described.map(toolName).join(", ")}])\n` +
      "Action Input: the input to the tool, in a JSON format representing the kwargs " +
      '(e.g. ```{"input": "hello world", "num_beams": 5}```)\n```\n'
    );
  },
  call: (calls) => calls.map((call) => `Action: ${call.name}\nAction Input: ${call.arguments}`).join("\n"),
  extract(content) {
    const calls: FunctionCall[] = [];
    for (const [, name, input] of content.matchAll(CALL)) {
      const value = tryParseJson(trimOf(trimOf(input!.trim(), '"'), "`"));
      if (value === undefined) return null;
      calls.push({ name: name!, arguments: dumpJson(value) });
    }
    return calls.length > 0 ? calls : null;
  },
};

/** `text` without `character` at both ends. */
function trimOf(text: string, character: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === character) start++;
  while (end > start && text[end - 1] === character) end--;
  return text.slice(start, end);
}
