/** Tokenizers give the ids and texts of Hugging Face's Rust library, character for character. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { casesIn, goldenRoot } from "./golden-root";

interface TokenizerCase {
  text: string;
  ids: number[];
  ids_with_special?: number[];
  decoded: string;
  decoded_skip_special: string;
  decoded_with_special?: string;
  decoded_with_special_skip?: string;
  decoded_prefixes?: string[];
}

interface TokenizerCases {
  vocab_size: number;
  bos_token_id: number | null;
  eos_token_id: number | null;
  pad_token_id: number | null;
  unk_token_id: number | null;
  convert: Record<string, string>;
  cases: TokenizerCase[];
}

const read = (...parts: string[]) =>
  JSON.parse(readFileSync(path.join(goldenRoot, "tokenizers", ...parts), "utf8"));

describe("tokenizers match Hugging Face", () => {
  const folders = casesIn("tokenizers").filter((name) =>
    existsSync(path.join(goldenRoot, "tokenizers", name, "tokenizer.json")),
  );
  it("finds tokenizers to compare with", () => expect(folders.length).toBeGreaterThan(0));

  for (const name of folders) {
    describe(name, async () => {
      const tokenizer = await loadTokenizer(path.join(goldenRoot, "tokenizers", name));
      const golden = read(name, "cases.json") as TokenizerCases;

      it("has the same special tokens and vocabulary", () => {
        expect(tokenizer.size).toBe(golden.vocab_size);
        expect(tokenizer.bos?.id ?? null).toBe(golden.bos_token_id);
        expect(tokenizer.eos?.id ?? null).toBe(golden.eos_token_id);
        expect(tokenizer.pad?.id ?? null).toBe(golden.pad_token_id);
        expect(tokenizer.unk?.id ?? null).toBe(golden.unk_token_id);
        for (const [id, token] of Object.entries(golden.convert)) {
          expect(tokenizer.idToToken(Number(id))).toBe(token);
          expect(tokenizer.tokenToId(token)).toBe(Number(id));
        }
      });

      for (const one of golden.cases) {
        it(`encodes and decodes ${JSON.stringify(one.text)}`, () => {
          expect(tokenizer.encode(one.text)).toEqual(one.ids);
          const withSpecial = one.ids_with_special ?? one.ids;
          expect(tokenizer.encode(one.text, { addSpecialTokens: true })).toEqual(withSpecial);
          expect(tokenizer.decode(one.ids)).toBe(one.decoded);
          expect(tokenizer.decode(one.ids, { skipSpecialTokens: true })).toBe(one.decoded_skip_special);
          if (one.decoded_with_special !== undefined) {
            expect(tokenizer.decode(withSpecial)).toBe(one.decoded_with_special);
            expect(tokenizer.decode(withSpecial, { skipSpecialTokens: true })).toBe(
              one.decoded_with_special_skip,
            );
          }
          for (const [i, prefix] of (one.decoded_prefixes ?? []).entries()) {
            expect(tokenizer.decode(one.ids.slice(0, i + 1))).toBe(prefix);
          }
        });
      }
    });
  }
});
