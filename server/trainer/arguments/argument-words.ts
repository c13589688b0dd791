/**
 * The words after any verb of the command line: a YAML or JSON file or none, then `key=value` or `--key value`, as one
 * record. Which arguments a verb has is not known here.
 */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { AppError } from "../../contract/errors";
import type { Problem } from "../../contract/problem";
import { isMissing, isRecord } from "../checkpoint/json-file";

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
      { cause: error },
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

/** What is wrong with the arguments of `source`, as one error that carries every problem; several take a line each. */
export function invalidArguments(source: string, problems: readonly Problem[]): AppError {
  const errors = problems.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const text = errors.length === 1 ? ` ${errors[0]}` : errors.map((message) => `\n  ${message}`).join("");
  return new AppError("invalid_config", `${source}:${text}`, { problems: [...problems] });
}
