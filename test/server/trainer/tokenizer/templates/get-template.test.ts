import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { getTemplate, TEMPLATES } from "@/server/trainer/tokenizer/templates/get-template";
import { tinyFolder } from "../tiny-tokenizer";

const bpe = await loadTokenizer(path.join("test", "fixtures", "golden", "tokenizers", "bpe"));
const withoutTemplate = await loadTokenizer(tinyFolder({ tokenizer: {} }));

describe("getTemplate", () => {
  it("offers near names for one that is not known", () => {
    expect(() => getTemplate("qwn", bpe)).toThrow(/template "qwn" is not known\. Did you mean qwen/);
    expect(() => getTemplate("qwen3_7", bpe)).toThrow(/qwen3_5/);
    expect(() => getTemplate("zzzzzz", bpe)).toThrow(/not known\. Leave it out/);
    expect(() => getTemplate("toString", bpe)).toThrow(/not known/);
  });

  it("refuses train_on_prompt where the template has no place for it", () => {
    expect(() => getTemplate("falcon", bpe, { trainOnPrompt: true })).toThrow(/train_on_prompt/);
  });

  it("leaves the tokenizer that it is given as it is", () => {
    const before = bpe.eos;
    expect(getTemplate("qwen", bpe).tokenizer.eos?.token).toBe("<|im_end|>");
    expect(bpe.eos).toEqual(before);
  });

  it("adds an end token and pads with it where the tokenizer has none", () => {
    const { tokenizer } = getTemplate("default", withoutTemplate);
    expect(tokenizer.eos?.token).toBe("<|endoftext|>");
    expect(tokenizer.pad).toEqual(tokenizer.eos);
    expect(tokenizer.newTokens).toEqual(["<|endoftext|>"]);
  });

  it("reads the tokenizer's own template where none is named, and takes the empty one where there is none", () => {
    expect(getTemplate(null, bpe).parts.user).toEqual([
      "<|im_start|>user\n{{content}}<|im_end|>\n<|im_start|>assistant\n",
    ]);
    expect(getTemplate(undefined, withoutTemplate).name).toBe("empty");
  });

  it("takes the tool format that the configuration asks for", () => {
    const template = getTemplate("qwen", bpe, { toolFormat: "mistral" });
    expect(template.extractToolCalls('[{"name": "f", "arguments": {}}]')).toEqual([
      { name: "f", arguments: "{}" },
    ]);
    expect(() => getTemplate("qwen", bpe, { toolFormat: "nope" })).toThrow(/tool_format "nope"/);
  });

  it("names what is wrong with a tool description or a call", () => {
    const template = getTemplate("qwen", bpe);
    const user = { role: "user", content: "x" } as const;
    expect(() => template.encodeTurns({ messages: [user], tools: "{broken" })).toThrow(
      /Invalid tool description/,
    );
    const call = { role: "function", content: '{"name": "f"}' } as const;
    expect(() => template.encodeTurns({ messages: [user, call] })).toThrow(/"name" and "arguments"/);
  });

  it("holds every template under one name only", () => {
    expect(Object.keys(TEMPLATES).length).toBeGreaterThanOrEqual(121);
    for (const [name, spec] of Object.entries(TEMPLATES)) {
      if (spec.replaceEos) expect(spec.stopWords?.length, name).toBeGreaterThan(0);
    }
  });
});
