import { describe, expect, it } from "vitest";
import {
  dumpJson,
  fromPlain,
  parseJson,
  pythonFloat,
  pythonText,
} from "@/server/trainer/tokenizer/templates/python-json";

const again = (text: string, indent?: number) => dumpJson(parseJson(text), indent);

describe("python-json", () => {
  it("keeps what json.dumps(json.loads(text), ensure_ascii=False) keeps", () => {
    expect(again('{"b":1,"a":[1.0,2.50,1e5,-0,-0.0],"2":"é\\u00e9\\n","1":null}')).toBe(
      '{"b": 1, "a": [1.0, 2.5, 100000.0, 0, -0.0], "2": "éé\\n", "1": null}',
    );
    expect(again("12345678901234567890123")).toBe("12345678901234567890123");
    expect(again('{"x": NaN, "y": [-Infinity]}')).toBe('{"x": NaN, "y": [-Infinity]}');
  });

  it("indents as Python does", () => {
    expect(again('{"a": [1, {}], "b": []}', 4)).toBe(
      '{\n    "a": [\n        1,\n        {}\n    ],\n    "b": []\n}',
    );
  });

  it("lets the last of equal keys win, at the place of the first", () => {
    expect(again('{"a": 1, "b": 2, "a": 3}')).toBe('{"a": 3, "b": 2}');
  });

  // Expected values: CPython 3.12's repr.
  it.each([
    [0.1, "0.1"],
    [1e16, "1e+16"],
    [123456789012345680, "1.2345678901234568e+17"],
    [1e15, "1000000000000000.0"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [-2, "-2.0"],
    [1.5e-7, "1.5e-07"],
  ])("prints %d as Python does", (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  it.each(["", "{", "[1,]", '{"a" 1}', "{'a': 1}", "[1] 2", '{1: "a"}', '"a\nb"', "tru"])(
    "refuses %j",
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it("prints values as str() does", () => {
    expect(pythonText(parseJson('["it\'s", true, null, {"a": "b"}]'))).toBe(
      "[\"it's\", True, None, {'a': 'b'}]",
    );
  });

  it("takes plain values, keeping whole numbers whole", () => {
    expect(dumpJson(fromPlain({ a: 1, b: 0.5, c: [null, true, "x"] }))).toBe(
      '{"a": 1, "b": 0.5, "c": [null, true, "x"]}',
    );
  });
});
