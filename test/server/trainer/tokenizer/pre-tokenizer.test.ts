import { describe, expect, it } from "vitest";
import { createPreTokenizer } from "@/server/trainer/tokenizer/pre-tokenizer";

const cut = (config: { type: string } & Record<string, unknown>, text: string, first = true) =>
  createPreTokenizer(config).cut(text, first);

const onDash = (behavior: string) => ({ type: "Split", pattern: { String: "-" }, behavior, invert: false });

describe("createPreTokenizer", () => {
  // Expected values: the documentation of Hugging Face tokenizers, SplitDelimiterBehavior.
  it.each([
    ["Removed", ["the", "final", "countdown"]],
    ["Isolated", ["the", "-", "final", "-", "-", "countdown"]],
    ["MergedWithPrevious", ["the-", "final-", "-", "countdown"]],
    ["MergedWithNext", ["the", "-final", "-", "-countdown"]],
    ["Contiguous", ["the", "-", "final", "--", "countdown"]],
  ])("splits with the behaviour %s", (behavior, words) => {
    expect(cut(onDash(behavior), "the-final--countdown")).toEqual(words);
  });

  it("puts Metaspace's mark before the first word only where its scheme says so", () => {
    const metaspace = (prepend_scheme: string) => ({
      type: "Metaspace",
      replacement: "▁",
      prepend_scheme,
      split: true,
    });
    expect(cut(metaspace("always"), "a b", false)).toEqual(["▁a", "▁b"]);
    expect(cut(metaspace("first"), "a b", false)).toEqual(["a", "▁b"]);
    expect(cut(metaspace("never"), "a b")).toEqual(["a", "▁b"]);
  });

  it("counts every Unicode number as a digit and no byte-order mark as white space", () => {
    expect(cut({ type: "Digits", individual_digits: true }, "aⅧ12")).toEqual(["a", "Ⅷ", "1", "2"]);
    expect(cut({ type: "WhitespaceSplit" }, "a\ufeffb\u3000c")).toEqual(["a\ufeffb", "c"]);
  });

  it("spells words in the byte alphabet right before the model where nothing cuts after it", () => {
    const last = createPreTokenizer({ type: "ByteLevel", add_prefix_space: false });
    expect(last.cut("a é", true)).toEqual(["a", " é"]);
    expect(last.spell(" é")).toBe("ĠÃ©");
    const steps = [{ type: "ByteLevel", add_prefix_space: false }, { type: "Digits" }];
    const early = createPreTokenizer({ type: "Sequence", pretokenizers: steps });
    expect(early.cut("a é", true)).toEqual(["a", "ĠÃ©"]);
    expect(early.spell("x")).toBe("x");
  });
});
