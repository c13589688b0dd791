/** YAML on one line each, without a YAML library; with one, anything. */
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { loadYaml, needsLibrary, parseYaml, writeYaml } from "@/components/train/yaml-text";

const PLAIN = [
  "a: 1",
  "rate: 5.0e-05\nother: 1e-5\nshare: .5",
  "on: true\noff: False\nnone: null\ntilde: ~",
  "name: saves/starter/lora/run_1\nlist: a,b,c\nwords: You are Ada.",
  'quoted: "a: b # c"\nmapping: {"num_cycles": 2}\nlist: ["x", 1]',
  "# a comment\n\n### model\nname: x  \n",
  "no: no\nyes: yes",
  '{"learning_rate": 1e-4}',
  "path: C:\\models\\x",
];
const NESTED = [
  "kwargs:\n  num_cycles: 2\n",
  "list:\n- a\n- b\n",
  "a: 'x'",
  "a: |\n  text\n",
  "a: &b 1\nc: *b",
];

describe("parseYaml", () => {
  it.each(PLAIN)("reads %j as the library does, without it", (text) => {
    expect(needsLibrary(text)).toBe(false);
    expect(parseYaml(text)).toEqual(parse(text));
  });

  it("knows what it cannot read yet, and reads it once the library is there", async () => {
    for (const text of NESTED) expect(needsLibrary(text), text).toBe(true);
    expect(() => parseYaml(NESTED[0]!)).toThrow(/still loading/);
    await loadYaml();
    for (const text of NESTED) {
      expect(needsLibrary(text)).toBe(false);
      expect(parseYaml(text)).toEqual(parse(text));
    }
    expect(() => parseYaml("a: 1\na: 2")).toThrow(/unique/);
    expect(() => parseYaml("a: b: c")).toThrow();
  });
});

describe("writeYaml", () => {
  it("writes what any YAML reader reads back", () => {
    const entries = {
      text: "plain words",
      odd: "a: b # c",
      like: "true",
      number: "1e5",
      empty: "",
      chinese: "你好",
      lines: "a\nb",
      rate: 0.00005,
      list: ["a", { b: 1 }],
      nothing: null,
    };
    expect(parse(writeYaml(entries))).toEqual(entries);
    expect(parseYaml(writeYaml(entries))).toEqual(entries);
    expect(writeYaml({ text: "plain words", on: true })).toBe("text: plain words\non: true\n");
  });
});
