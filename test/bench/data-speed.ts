/**
 * `data-speed`: how soon rows are there, as JSON in milliseconds: the first page and the count of 25,371 reasoning rows
 * (.json, 78 MB) and of a .jsonl file of one gigabyte, and the conversion of the former. Files are made first and
 * removed afterwards.
 */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatasetChanges } from "../../server/datasets/dataset-changes";
import { Datasets } from "../../server/datasets/datasets";

const ROWS = 25_371;
const LARGE_BYTES = 1e9;
const TEXT =
  "The patient presents with acute fever and a rash over the trunk, so infection is considered first. ".repeat(
    20,
  );

const home = mkdtempSync(path.join(tmpdir(), "tuneboard-data-speed-"));
const data = path.join(home, "data");
mkdirSync(data);
try {
  await write("reasoning.json", "[\n", "\n]\n", (i) =>
    i < ROWS
      ? (i > 0 ? ",\n" : "") +
        JSON.stringify({
          Question: `${i} ${TEXT.slice(0, 300)}`,
          Complex_CoT: TEXT.slice(0, 1800),
          Response: TEXT.slice(0, 900),
        })
      : null,
  );
  const line = (i: number) =>
    `${JSON.stringify({ instruction: `${i} ${TEXT.slice(0, 400)}`, output: TEXT.slice(0, 850) })}\n`;
  const lines = Math.ceil(LARGE_BYTES / line(1e6).length);
  await write("large.jsonl", "", "", (i) => (i < lines ? line(i) : null));
  const entries = {
    reasoning: { file_name: "reasoning.json", columns: { prompt: "Question", response: "Response" } },
    large: { file_name: "large.jsonl" },
  };
  writeFileSync(path.join(data, "dataset_info.json"), JSON.stringify(entries));
  console.log(
    JSON.stringify({
      reasoning: await reading("reasoning"),
      large: await reading("large"),
      convert_ms: await converting(),
    }),
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Writes pieces until there are no more. */
async function write(
  name: string,
  head: string,
  tail: string,
  piece: (i: number) => string | null,
): Promise<void> {
  const output = createWriteStream(path.join(data, name));
  output.write(head);
  for (let i = 0; ; i++) {
    const text = piece(i);
    if (text === null) break;
    if (!output.write(text)) await once(output, "drain");
  }
  output.end(tail);
  await once(output, "close");
}

async function reading(name: "reasoning" | "large") {
  const datasets = new Datasets(home);
  const start = performance.now();
  await datasets.rows(name, 0, 50);
  const first_page_ms = Math.round(performance.now() - start);
  const counted = await datasets.size("data", name);
  const file = path.join(data, name === "reasoning" ? "reasoning.json" : "large.jsonl");
  return {
    megabytes: Math.round(statSync(file).size / 1e6),
    rows: "rows" in counted ? counted.rows : 0,
    first_page_ms,
    counted_ms: Math.round(performance.now() - start),
  };
}

async function converting(): Promise<number> {
  const datasets = new Datasets(home);
  const changes = new DatasetChanges(datasets, home, () => ({ uploadBytes: Infinity, diskFloorBytes: 0 }));
  const start = performance.now();
  const file = await changes.look({ path: path.join(data, "reasoning.json") });
  await changes.additions.add(file.id, { name: "converted", system: "", ...file.guess });
  while (changes.additions.progress(file.id).state === "running")
    await new Promise((resolve) => setTimeout(resolve, 10));
  return Math.round(performance.now() - start);
}
