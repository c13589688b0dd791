/** What `npm start` does to the built pages' files. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { compressPages } from "@/server/bin/compress-pages.mjs";

it("lays a brotli form beside scripts and styles, and leaves pictures and tiny files alone", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tuneboard-pages-"));
  mkdirSync(path.join(folder, "chunks"));
  const script = "export const words = ['train', 'watch', 'compare'];\n".repeat(100);
  writeFileSync(path.join(folder, "chunks", "a.js"), script);
  writeFileSync(path.join(folder, "tiny.css"), "a{}");
  writeFileSync(path.join(folder, "picture.png"), Buffer.alloc(5_000));
  await compressPages(folder);
  const compressed = readFileSync(path.join(folder, "chunks", "a.js.br"));
  expect(compressed.length).toBeLessThan(script.length / 10);
  expect(brotliDecompressSync(compressed).toString()).toBe(script);
  expect(existsSync(path.join(folder, "tiny.css.br"))).toBe(false);
  expect(existsSync(path.join(folder, "picture.png.br"))).toBe(false);
});
