import { describe, expect, it } from "vitest";
import { TOOL_FORMATS } from "@/server/trainer/tokenizer/templates/tool-formats";
import { parseJson, type JsonObject } from "@/server/trainer/tokenizer/templates/python-json";

const calls = [
  {
    name: "get_weather",
    arguments: '{"city": "Paris \\"centre\\"", "days": [0, 1], "exact": true, "unit": null}',
  },
  { name: "add", arguments: '{"a": 1, "b": 2.5}' },
];

/** glm4_moe has no reader of its own in LLaMA-Factory, minimax2's and seed_oss's text arguments lose their type. */
const inverse = ["default", "llama3", "minimax1", "mistral", "qwen", "qwen3_5", "ling"] as const;

describe("tool formats", () => {
  it.each(inverse)("%s reads back the calls that it writes", (name) => {
    const format = TOOL_FORMATS[name];
    expect(format.extract(format.call(calls))).toEqual(calls);
  });

  it("glm4 reads back one call and refuses several", () => {
    const one = calls.slice(0, 1);
    expect(TOOL_FORMATS.glm4.extract(TOOL_FORMATS.glm4.call(one))).toEqual(one);
    expect(() => TOOL_FORMATS.glm4.call(calls)).toThrow(/parallel/);
  });

  it("lfm2 reads Python literals", () => {
    const content = `x <|tool_call_start|>[f(a='it\\'s', b=[1, 2.0, (True, None)], c={"k": -3}), g()]<|tool_call_end|>`;
    expect(TOOL_FORMATS.lfm2.extract(content)).toEqual([
      { name: "f", arguments: '{"a": "it\'s", "b": [1, 2.0, [true, null]], "c": {"k": -3}}' },
      { name: "g", arguments: "{}" },
    ]);
  });

  it.each(Object.keys(TOOL_FORMATS))("%s takes text without calls as text", (name) => {
    expect(TOOL_FORMATS[name as keyof typeof TOOL_FORMATS].extract("Just an answer (no call).")).toBeNull();
  });

  it("lfm2 takes broken calls as text", () => {
    for (const inner of ["f(1)", "f(a=)", "f(a=x)", "f", "[f(a=1)", "f(a=1) g"]) {
      expect(TOOL_FORMATS.lfm2.extract(`<|tool_call_start|>${inner}<|tool_call_end|>`)).toBeNull();
    }
  });

  it("default names the tool whose parameters are missing", () => {
    const tools = parseJson('[{"name": "f", "parameters": {}}]') as JsonObject[];
    expect(() => TOOL_FORMATS.default.describe(tools, new Date())).toThrow(/"f" has no "parameters"/);
  });
});
