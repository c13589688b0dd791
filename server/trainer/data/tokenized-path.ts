/** `tokenized_path`: a folder of tokenised data that the user keeps; written where it is empty, read where it is not. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { TrainConfig } from "@/server/contract/train-config";
import type { ExampleKind } from "./example-kinds";
import type { LoadOptions } from "./loaded-data";
import { isTokenized, readTokenized, writeTokenized, type TokenizedData } from "./tokenized-folder";

type Options = Pick<LoadOptions, "baseDir" | "onNotice">;

/**
 * The data that the folder holds; null where none is named or nothing lies there yet.
 * @throws AppError unsupported where another program wrote it
 */
export async function readTokenizedPath<T>(
  config: TrainConfig,
  options: Options,
  kind: ExampleKind<T>,
): Promise<TokenizedData<T> | null> {
  const folder = folderOf(config, options);
  if (folder === null || !(await hasFiles(folder))) return null;
  if (!isTokenized(folder)) {
    throw new AppError(
      "unsupported",
      `tokenized_path: ${folder} holds files that Tuneboard did not write (LLaMA-Factory's are Arrow files, which are not read here). Name an empty folder, or use the llamafactory engine.`,
    );
  }
  options.onNotice?.("Loading dataset from disk will ignore other data arguments.");
  const data = await readTokenized(folder, kind);
  options.onNotice?.(`Loaded tokenized dataset from ${config.tokenized_path}.`);
  return data;
}

/** Keeps the data in the folder, where one is named. @throws AppError disk_full */
export async function writeTokenizedPath<T>(
  config: TrainConfig,
  options: Options,
  { kind, data }: { kind: ExampleKind<T>; data: TokenizedData<T> },
): Promise<void> {
  const folder = folderOf(config, options);
  if (folder === null) return;
  await writeTokenized(folder, kind, data);
  options.onNotice?.(`Tokenized dataset is saved at ${config.tokenized_path}.`);
}

function folderOf(config: TrainConfig, { baseDir }: Options): string | null {
  return config.tokenized_path === undefined ? null : path.resolve(baseDir, config.tokenized_path);
}

async function hasFiles(folder: string): Promise<boolean> {
  return existsSync(folder) && (await readdir(folder)).length > 0;
}
