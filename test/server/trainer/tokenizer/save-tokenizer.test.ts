import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { saveTokenizer } from "@/server/trainer/tokenizer/save-tokenizer";
import { getTemplate } from "@/server/trainer/tokenizer/templates/get-template";

const folder = path.join("test", "fixtures", "golden", "tokenizers", "bpe");

describe("saveTokenizer", () => {
  it("writes the template's changes, so that the saved folder needs no template to be named again", async () => {
    const to = mkdtempSync(path.join(tmpdir(), "tokenizer-"));
    const { tokenizer } = getTemplate("chatml", await loadTokenizer(folder));
    await saveTokenizer(folder, to, tokenizer);

    const saved = await loadTokenizer(to);
    expect(saved.eos?.token).toBe("<|im_end|>");
    expect(saved.pad?.token).toBe("<|endoftext|>");
    expect(saved.otherSpecialTokens).toEqual(["<|im_start|>"]);
    expect(saved.size).toBe(tokenizer.size);
    expect(saved.chatTemplate).toBe(tokenizer.chatTemplate);
    expect(saved.encode("<|im_start|>user\nHi<|im_end|>")).toEqual(
      tokenizer.encode("<|im_start|>user\nHi<|im_end|>"),
    );
  });

  it("copies tokenizer.json byte by byte where no token changes", async () => {
    const to = mkdtempSync(path.join(tmpdir(), "tokenizer-"));
    const tokenizer = await loadTokenizer(folder);
    await saveTokenizer(folder, to, tokenizer);
    const bytes = (where: string) => readFileSync(path.join(where, "tokenizer.json"));
    expect(bytes(to).equals(bytes(folder))).toBe(true);
  });

  it("gives tokens that the vocabulary lacks an id after its end, and names them", async () => {
    const to = mkdtempSync(path.join(tmpdir(), "tokenizer-"));
    const base = await loadTokenizer(folder);
    const tokenizer = base.withSpecialTokens({ special: ["<|brand_new|>"] });
    expect(tokenizer.newTokens).toEqual(["<|brand_new|>"]);
    await saveTokenizer(folder, to, tokenizer);
    expect((await loadTokenizer(to)).encode("a<|brand_new|>")).toEqual([...base.encode("a"), base.size]);
  });
});
