/**
 * Compresses the built pages' scripts and styles once, with brotli's best setting: a page then weighs a fifth less over
 * the wire than with gzip on the fly, and the console spends nothing on it. It does not know how they are served.
 */
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const WORTH_IT = new Set([".js", ".css", ".svg", ".json"]);
/** Smaller files fit into one packet as they are. */
const LEAST_BYTES = 1_000;
const compress = promisify(brotliCompress);

/** Writes `X.br` beside every file X below `folder` that is text and not tiny. */
export async function compressPages(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && WORTH_IT.has(path.extname(entry.name)))
    .map((entry) => path.join(entry.parentPath, entry.name));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      if (content.length < LEAST_BYTES) return;
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      await writeFile(`${file}.br`, await compress(content, { params }));
    }),
  );
}
