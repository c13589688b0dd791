/**
 * Finds data sets by name in dataset_info.json and checks their entries. It does not read rows.
 */
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import {
  DATASET_INFO_FILE,
  datasetColumns,
  datasetEntrySchema,
  datasetInfoSchema,
  datasetSource,
  datasetTags,
  type DatasetColumns,
  type DatasetEntry,
  type DatasetTags,
} from "@/server/contract/dataset-info";
import { AppError } from "@/server/contract/errors";

export interface Dataset {
  readonly name: string;
  readonly entry: DatasetEntry;
  readonly columns: DatasetColumns;
  readonly tags: DatasetTags;
  /** Files to read in order, all of one type. */
  readonly files: readonly string[];
  /** Path of the dataset_info.json that named it, for messages. */
  readonly registryFile: string;
}

/**
 * The data sets named, in that order.
 * @throws AppError dataset_malformed naming file, data set, key and what is there; unsupported for data elsewhere
 */
export async function findDatasets(names: readonly string[], datasetDir: string): Promise<Dataset[]> {
  const registryFile = path.join(datasetDir, DATASET_INFO_FILE);
  const registry = await readRegistry(registryFile, names);
  return Promise.all(names.map((name) => resolveDataset(name, registry, registryFile)));
}

async function readRegistry(file: string, names: readonly string[]): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new AppError(
      "dataset_malformed",
      `${file} cannot be read, so the data set "${names[0]}" cannot be found. Set dataset_dir to the folder with ${DATASET_INFO_FILE}.`,
      { cause: error },
    );
  }
  try {
    return datasetInfoSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it must be an object of data sets by name";
    throw new AppError("dataset_malformed", `${file} is not valid: ${reason}.`, { cause: error });
  }
}

async function resolveDataset(
  name: string,
  registry: Record<string, unknown>,
  registryFile: string,
): Promise<Dataset> {
  const malformed = (what: string) =>
    new AppError("dataset_malformed", `${registryFile}, data set "${name}": ${what}`);
  if (!Object.hasOwn(registry, name)) {
    const known = Object.keys(registry);
    const shown = known.slice(0, 12).join(", ") + (known.length > 12 ? ", …" : "");
    throw new AppError(
      "dataset_malformed",
      `${registryFile} has no data set "${name}". It has: ${shown || "none"}.`,
    );
  }
  const parsed = datasetEntrySchema.safeParse(registry[name]);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const key = issue.path.join(".") || "the entry";
    throw malformed(`"${key}" is ${shownValue(registry[name], issue.path)}. ${issue.message}.`);
  }
  const entry = parsed.data;
  const source = datasetSource(entry);
  if (!source) throw malformed(`it names no "file_name". Keys present: ${Object.keys(entry).join(", ")}.`);
  if (source.kind !== "file") {
    throw new AppError(
      "unsupported",
      `The data set "${name}" lies elsewhere (${source.name}). Download it, put its file beside ${registryFile} and ` +
        'name it there as "file_name".',
    );
  }
  const files = await listFiles(path.join(path.dirname(registryFile), source.name), malformed);
  return { name, entry, columns: datasetColumns(entry), tags: datasetTags(entry), files, registryFile };
}

function shownValue(value: unknown, keys: readonly PropertyKey[]): string {
  let at: unknown = value;
  for (const key of keys) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  return JSON.stringify(at) ?? "missing";
}

const READABLE = [".json", ".jsonl", ".csv", ".parquet", ".txt"];

async function listFiles(target: string, malformed: (what: string) => AppError): Promise<string[]> {
  if (!existsSync(target))
    throw malformed(`the file ${target} does not exist. Put it there or correct "file_name".`);
  const isFolder = (await stat(target)).isDirectory();
  const files = isFolder ? (await readdir(target)).sort().map((name) => path.join(target, name)) : [target];
  if (files.length === 0) throw malformed(`the folder ${target} is empty.`);
  const other = files.find((file) => !READABLE.includes(path.extname(file)));
  if (other) {
    throw new AppError(
      "unsupported",
      `${other}: Tuneboard reads ${READABLE.join(", ")} files. Convert it, for example to .jsonl with one object per row.`,
    );
  }
  const types = [...new Set(files.map((file) => path.extname(file)))];
  if (types.length > 1)
    throw malformed(`the folder ${target} mixes ${types.join(" and ")} files. Keep files of one type in it.`);
  return files;
}
