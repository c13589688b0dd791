/**
 * The words after `tuneboard train`: a YAML or JSON file, then `key=value` or `--key value`, read as
 * `llamafactory-cli train` reads them, checked, with the defaults filled in.
 */
import { readFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import { embeddedProblems } from "../../contract/embedded-support";
import { AppError } from "../../contract/errors";
import type { Problem } from "../../contract/problem";
import { parseTrainConfig, type TrainConfig } from "../../contract/train-config";
import { isMissing, isRecord } from "../checkpoint/json-file";
import { pythonFloat } from "./python-format";

export interface TrainArguments {
  /** As written, overrides applied. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly config: TrainConfig;
  readonly warnings: readonly Problem[];
}

/**
 * Reads and checks the arguments of a training run.
 * @param words a file's name (.yaml, .yml, .json) first or none, then overrides
 * @throws AppError invalid_config naming the file, the key and the value; all problems in one line
 */
export async function readTrainArguments(words: readonly string[]): Promise<TrainArguments> {
  const { source, raw } = await readArgumentWords(words);

  const { config, problems } = parseTrainConfig(raw);
  const found = [...problems, ...embeddedProblems(raw)];
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || !config) {
    throw new AppError("invalid_config", `${source}: ${errors.map(({ message }) => message).join(" ")}`, {
      problems: found,
    });
  }
  return { raw, config, warnings: found.filter(({ severity }) => severity === "warning") };
}

/**
 * A file (.yaml, .yml, .json) or none, then overrides, as one record; unchecked. The words of every verb are read so.
 * @returns `source` names the file, or the command line, for messages
 * @throws AppError invalid_config where the file is missing or malformed, or a word is neither
 */
export async function readArgumentWords(
  words: readonly string[],
): Promise<{ source: string; raw: Record<string, unknown> }> {
  const [first, ...rest] = words;
  const isFile = first !== undefined && /\.(ya?ml|json)$/i.test(first) && !first.includes("=");
  const raw = { ...(isFile ? await readArgumentFile(first) : {}), ...parseOverrides(isFile ? rest : words) };
  return { source: isFile ? first : "the command line", raw };
}

async function readArgumentFile(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new AppError(
      "invalid_config",
      `${file} does not exist. Give the path of a YAML file with the training arguments.`,
      {
        cause: error,
      },
    );
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    throw new AppError("invalid_config", `${file} is not valid YAML: ${reason}`, { cause: error });
  }
  if (!isRecord(value))
    throw new AppError("invalid_config", `${file} must hold keys and values, one argument a line.`);
  return value;
}

/** `key=value` and `--key value` as a record; values in YAML's reading, so `1e-4`, `true` and `{"a": 1}` are what they look like. */
function parseOverrides(words: readonly string[]): Record<string, unknown> {
  const overrides: Record<string, unknown> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!.replace(/^--/, "");
    const equals = word.indexOf("=");
    if (equals > 0) {
      overrides[word.slice(0, equals)] = parseValue(word.slice(equals + 1));
      continue;
    }
    if (!words[i]!.startsWith("--")) {
      throw new AppError("invalid_config", `"${words[i]}" is neither a YAML file nor key=value.`);
    }
    const next = words[i + 1];
    const hasValue = next !== undefined && !next.startsWith("--");
    overrides[word] = hasValue ? parseValue(next) : true;
    if (hasValue) i++;
  }
  return overrides;
}

function parseValue(text: string): unknown {
  try {
    const value: unknown = parse(text);
    return value === undefined ? text : value;
  } catch {
    return text;
  }
}

/** Arguments that belong to one start of the program, not to the run. */
const NOT_KEPT = ["resume_from_checkpoint"];

/** training_args.yaml: keys sorted, nothing empty, numbers as PyYAML reads them back. */
export function trainingArgsYaml(raw: Readonly<Record<string, unknown>>): string {
  return Object.keys(raw)
    .filter(
      (key) => raw[key] !== null && raw[key] !== undefined && raw[key] !== "" && !NOT_KEPT.includes(key),
    )
    .sort()
    .map((key) => `${key}: ${yamlValue(raw[key])}\n`)
    .join("");
}

function yamlValue(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) {
    // PyYAML takes 5e-05 for text; with a point it is a number.
    return pythonFloat(value).replace(/^(-?\d+)e/, "$1.0e");
  }
  if (typeof value === "object") return JSON.stringify(value);
  return stringify(value, { version: "1.1", lineWidth: 0 }).trimEnd();
}
