/**
 * Encoded examples in a folder: tokenized.json says what they are, tokens.i32 holds them, array after array, each after
 * its length (-1: no array), as little-endian 32-bit integers. Written beside its place and renamed: whole or not there.
 */
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/server/contract/errors";
import { writeError } from "../checkpoint/atomic-file";
import type { ExampleKind } from "./example-kinds";
import type { EvaluationSet, LoadReport } from "./loaded-data";

const DESCRIPTION_FILE = "tokenized.json";
const TOKENS_FILE = "tokens.i32";
const FORMAT = "tuneboard-tokenized-1";
/** Integers written at a time. */
const CHUNK = 1 << 20;
const NO_ARRAY = -1;

export interface TokenizedData<T> {
  readonly train: T[];
  readonly evaluationSets: readonly EvaluationSet<T>[];
  readonly report: LoadReport;
}

const descriptionSchema = z.object({
  format: z.literal(FORMAT),
  kind: z.string(),
  /** Examples to train on, and of every evaluation set. */
  train: z.number().int(),
  evaluation: z.array(z.object({ name: z.string().nullable(), rows: z.number().int() })),
  report: z.object({
    datasets: z.array(z.object({ name: z.string(), rows: z.number() })),
    dropped: z.number(),
    dropReasons: z.array(z.string()),
    cut: z.number(),
    trainTokens: z.number(),
    trainLabelTokens: z.number(),
  }),
});

/** Whether `folder` was written by `writeTokenized`. */
export function isTokenized(folder: string): boolean {
  return existsSync(path.join(folder, DESCRIPTION_FILE));
}

/** @throws AppError disk_full; nothing is left then */
export async function writeTokenized<T>(
  folder: string,
  kind: ExampleKind<T>,
  { train, evaluationSets, report }: TokenizedData<T>,
): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  const description: z.infer<typeof descriptionSchema> = {
    format: FORMAT,
    kind: kind.name,
    train: train.length,
    evaluation: evaluationSets.map(({ name, rows }) => ({ name, rows: rows.length })),
    report: { ...report, datasets: [...report.datasets], dropReasons: [...report.dropReasons] },
  };
  try {
    await mkdir(partial, { recursive: true });
    const file = await open(path.join(partial, TOKENS_FILE), "w");
    try {
      const examples = [train, ...evaluationSets.map(({ rows }) => rows)].flat();
      for (const chunk of chunks(examples, kind)) await file.write(chunk);
    } finally {
      await file.close();
    }
    await writeFile(path.join(partial, DESCRIPTION_FILE), JSON.stringify(description, null, 2));
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw writeError(error, folder);
  }
}

function* chunks<T>(examples: readonly T[], kind: ExampleKind<T>): Generator<Uint8Array> {
  let chunk = new Int32Array(CHUNK);
  let used = 0;
  for (const example of examples) {
    for (const array of kind.toArrays(example)) {
      const length = array?.length ?? 0;
      if (used + 1 + length > chunk.length) {
        yield new Uint8Array(chunk.buffer, 0, used * 4);
        chunk = new Int32Array(Math.max(CHUNK, 1 + length));
        used = 0;
      }
      chunk[used++] = array ? length : NO_ARRAY;
      if (array) chunk.set(array, used);
      used += length;
    }
  }
  yield new Uint8Array(chunk.buffer, 0, used * 4);
}

/**
 * What `writeTokenized` wrote.
 * @throws AppError dataset_malformed naming the folder where it is damaged or holds examples of another kind
 */
export async function readTokenized<T>(folder: string, kind: ExampleKind<T>): Promise<TokenizedData<T>> {
  const wrong = (what: string, cause?: unknown) =>
    new AppError("dataset_malformed", `${folder}: ${what} Remove the folder to tokenise the data again.`, {
      cause,
    });
  let description: z.infer<typeof descriptionSchema>;
  try {
    description = descriptionSchema.parse(
      JSON.parse(await readFile(path.join(folder, DESCRIPTION_FILE), "utf8")),
    );
  } catch (cause) {
    throw wrong(`${DESCRIPTION_FILE} cannot be read.`, cause);
  }
  if (description.kind !== kind.name)
    throw wrong(`it holds ${description.kind}, tokenised for another stage; this one needs ${kind.name}.`);
  const values = await readIntegers(path.join(folder, TOKENS_FILE));
  const cursor = { at: 0 };
  const take = (count: number): T[] =>
    Array.from({ length: count }, () =>
      kind.fromArrays(Array.from({ length: kind.width }, () => takeArray(values, cursor))),
    );
  try {
    const train = take(description.train);
    const evaluationSets = description.evaluation.map(({ name, rows }) => ({ name, rows: take(rows) }));
    if (cursor.at !== values.length) throw new RangeError("there is more than was written");
    return { train, evaluationSets, report: description.report };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw wrong(`${TOKENS_FILE} is damaged: ${cause.message}.`, cause);
  }
}

function takeArray(values: Int32Array, cursor: { at: number }): Int32Array | null {
  const length = values[cursor.at++];
  if (length === NO_ARRAY) return null;
  const end = cursor.at + (length ?? 0);
  if (length === undefined || length < 0 || end > values.length) throw new RangeError("it was cut short");
  const array = values.subarray(cursor.at, end);
  cursor.at = end;
  return array;
}

async function readIntegers(file: string): Promise<Int32Array> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const values = new Int32Array(Math.floor(size / 4));
    const bytes = new Uint8Array(values.buffer);
    for (let done = 0; done < bytes.length;) {
      // One read call takes at most 2 GiB.
      const { bytesRead } = await handle.read(bytes, done, Math.min(bytes.length - done, 1 << 30), done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return values;
  } finally {
    await handle.close();
  }
}
