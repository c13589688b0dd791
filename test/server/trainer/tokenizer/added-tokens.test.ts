import { describe, expect, it } from "vitest";
import { AddedTokenSplitter, type AddedToken } from "@/server/trainer/tokenizer/added-tokens";

function split(text: string, ...tokens: Omit<AddedToken, "id">[]): string[] {
  const entries = tokens.map((token, id) => ({ text: token.content, token: { ...token, id } }));
  return new AddedTokenSplitter(entries)
    .split(text)
    .map((piece) => (piece.id === null ? piece.text : `[${piece.text}]`));
}

describe("AddedTokenSplitter", () => {
  it("takes the longest token that begins first", () => {
    expect(split("a<t>b<tool>c", { content: "<t" }, { content: "<tool>" })).toEqual([
      "a",
      "[<t]",
      ">b",
      "[<tool>]",
      "c",
    ]);
  });

  it("takes white space along on the sides that a token strips", () => {
    expect(split("a  <m>  b", { content: "<m>", lstrip: true })).toEqual(["a", "[  <m>]", "  b"]);
    expect(split("a  <m>  b", { content: "<m>", rstrip: true })).toEqual(["a  ", "[<m>  ]", "b"]);
  });

  it("finds a single word only where no letter or digit touches it", () => {
    expect(split("foo food éfoo foo", { content: "foo", single_word: true })).toEqual([
      "[foo]",
      " food éfoo ",
      "[foo]",
    ]);
  });

  it("joins back to the text", () => {
    const text = " x<a><ab>b <a ab>";
    expect(split(text, { content: "<a" }, { content: "<ab>" }).join("").replace(/[[\]]/g, "")).toBe(text);
  });
});
