/**
 * The words after `tuneboard train`, read as `llamafactory-cli train` reads them, checked, with the defaults filled in.
 */
import { stringify } from "yaml";
import { embeddedProblems } from "../../contract/embedded-support";
import type { Problem } from "../../contract/problem";
import { parseTrainConfig, type TrainConfig } from "../../contract/train-config";
import { invalidArguments, readArgumentWords } from "../arguments/argument-words";
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
 * @throws AppError invalid_config naming the file, the key and the value of every problem
 */
export async function readTrainArguments(words: readonly string[]): Promise<TrainArguments> {
  const { source, raw } = await readArgumentWords(words);

  const { config, problems } = parseTrainConfig(raw);
  const malformed = new Set(problems.map(({ argument }) => argument));
  const found = [...problems, ...embeddedProblems(raw).filter(({ argument }) => !malformed.has(argument))];
  if (!config || found.some(({ severity }) => severity === "error")) throw invalidArguments(source, found);
  return { raw, config, warnings: found.filter(({ severity }) => severity === "warning") };
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
