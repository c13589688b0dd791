import { describe, expect, it } from "vitest";
import { encodeSupervised, type SupervisedOptions } from "@/server/trainer/data/encode-supervised";
import { shareLength } from "@/server/trainer/data/sequence-lengths";
import type { Message } from "@/server/trainer/tokenizer/templates/template";
import { loadOptions } from "./tiny-data";

const messages: Message[] = [
  { role: "user", content: "What is the first question?" },
  { role: "assistant", content: "The first answer." },
  { role: "user", content: "And the second one?" },
  { role: "assistant", content: "The second answer." },
];

function encode(templateName: string, options: Partial<SupervisedOptions> = {}) {
  const { template } = loadOptions(templateName);
  const encoded = encodeSupervised(template, { messages }, { cutoffLen: 1000, ...options });
  const trained = encoded.inputIds.filter((id, i) => encoded.labels[i] === id);
  return { ids: encoded.inputIds, labels: encoded.labels, trained: template.tokenizer.decode([...trained]) };
}

describe("encodeSupervised", () => {
  it("trains on answers and what ends them", () => {
    expect(encode("qwen").trained).toBe("The first answer.<|im_end|>\nThe second answer.<|im_end|>\n");
    expect(encode("qwen", { maskHistory: true }).trained).toBe("The second answer.<|im_end|>\n");
  });

  it("trains on everything where asked to", () => {
    const { ids, labels } = encode("qwen", { trainOnPrompt: true });
    expect(labels).toEqual(ids);
  });

  it("never makes a row longer than cutoff_len, and a longer limit begins with the same ids", () => {
    const whole = encode("qwen").ids;
    for (let cutoffLen = 4; cutoffLen < whole.length + 3; cutoffLen++) {
      const { ids, labels } = encode("qwen", { cutoffLen });
      expect(ids.length).toBeLessThanOrEqual(cutoffLen);
      expect(labels.length).toBe(ids.length);
    }
    expect(encode("qwen", { cutoffLen: whole.length }).ids).toEqual(whole);
  });

  it("keeps the last turns where earlier ones are masked and space runs out", () => {
    const { template } = loadOptions("qwen");
    const short = encode("qwen", { cutoffLen: 30, maskHistory: true });
    expect(template.tokenizer.decode([...short.ids])).toContain("The second answer.");
    expect(short.trained).toContain("The second answer.");
  });

  it("learns the end of a turn at the next one's first token where the template saves positions", () => {
    const { template } = loadOptions("falcon");
    const { ids, labels } = encode("falcon");
    const eos = template.tokenizer.eos!.id;
    const ends = [...labels.keys()].filter((i) => labels[i] === eos);
    expect(ends).toHaveLength(2);
    expect(ids[ends[0]!]).not.toBe(eos);
    expect(ends[1]).toBe(ids.length - 1);
  });
});

describe("shareLength", () => {
  it("keeps the shorter half whole where it can", () => {
    expect(shareLength(100, 10, 50)).toEqual({ source: 40, target: 10 });
    expect(shareLength(10, 100, 50)).toEqual({ source: 10, target: 40 });
    expect(shareLength(10, 10, 50)).toEqual({ source: 10, target: 10 });
  });

  it("cuts both in proportion where both are long", () => {
    expect(shareLength(300, 100, 100)).toEqual({ source: 75, target: 25 });
  });

  it("never gives more than there is or than fits", () => {
    for (let source = 0; source < 12; source++) {
      for (let target = 0; target < 12; target++) {
        for (let limit = 1; limit < 12; limit++) {
          const length = shareLength(source, target, limit);
          expect(length.source + length.target).toBeLessThanOrEqual(Math.max(limit, length.target));
          expect(length.source).toBeLessThanOrEqual(source);
          expect(length.target).toBeLessThanOrEqual(target);
        }
      }
    }
  });
});
