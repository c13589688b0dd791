/**
 * Training arguments as the YAML that `llamafactory-cli train` reads: LLaMA Board's form (sorted keys, empty values left
 * out, numbers as Python writes them). It does not know which engine will read it.
 */
import { parse, type ScalarTag, stringify } from "yaml";
import { argumentSpec } from "@/server/contract/argument-table";
import { trainConfigSchema } from "@/server/contract/train-config";

/** Arguments that LLaMA Board writes even where they are false. */
const KEPT_WHEN_FALSE = new Set([
  "packing",
  "enable_thinking",
  "use_reentrant_gc",
  "double_quantization",
  "freeze_vision_tower",
  "freeze_multi_modal_projector",
]);

/** Made once: a schema compiles itself on first use. */
const PARTIAL_CONFIG = trainConfigSchema.partial();

/** Whole numbers that LLaMA Board writes with a point. */
export const WRITTEN_AS_FLOAT: ReadonlySet<string> = new Set([
  "learning_rate",
  "num_train_epochs",
  "max_grad_norm",
]);

/** Numbers inside mappings, as PyYAML writes them. */
const PYTHON_NUMBER: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  identify: (value) => typeof value === "number" && Number.isFinite(value),
  test: /^(?!)/,
  resolve: Number,
  stringify: ({ value }) => numberText(value as number, false),
};

/** Values of a form or request as the types that their arguments have; empty ones are left out, unreadable ones kept. */
export function typedArguments(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const raw = Object.fromEntries(
    Object.entries(form).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
  const parsed = PARTIAL_CONFIG.safeParse(raw);
  const typed: Record<string, unknown> = parsed.success ? parsed.data : {};
  return Object.fromEntries(
    Object.keys(raw).map((name) => [
      name,
      name in trainConfigSchema.shape && name in typed ? typed[name] : bySpec(name, raw[name]),
    ]),
  );
}

/** One `key: value` line per argument. @returns text that ends with a newline, "" for no arguments */
export function argumentYaml(args: Readonly<Record<string, unknown>>): string {
  return Object.keys(args)
    .filter((name) => isWritten(name, args[name]))
    .sort()
    .map((name) => yamlLine(name, args[name]))
    .join("");
}

/** Whether LLaMA Board writes an argument with this value at all. */
export function isWritten(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  return value !== false || KEPT_WHEN_FALSE.has(name);
}

function bySpec(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const trimmed = value.trim();
  switch (argumentSpec(name)?.type) {
    case "int":
    case "float":
      return trimmed !== "" && !Number.isNaN(Number(trimmed)) ? Number(trimmed) : value;
    case "bool":
      return trimmed === "true" ? true : trimmed === "false" ? false : value;
    default:
      return value;
  }
}

function yamlLine(name: string, value: unknown): string {
  if (typeof value === "number") return `${name}: ${numberText(value, WRITTEN_AS_FLOAT.has(name))}\n`;
  // Version 1.1 quotes what PyYAML would read as something else ("yes", "null"); 1.2 reads more as numbers ("1e-5").
  const line = stringify(
    { [name]: value },
    { version: "1.1", lineWidth: 0, customTags: (tags) => [PYTHON_NUMBER, ...tags] },
  );
  const isPlain = typeof value !== "string" || (parse(line) as Record<string, unknown>)[name] === value;
  return isPlain ? line : `${name}: ${JSON.stringify(value)}\n`;
}

/**
 * A number as PyYAML writes it (`5.0e-05`, `3.0`; a bare `5e-05` would be read back as text), or as Python itself does
 * (`5e-05`).
 * @param isFloat whether whole numbers get a point
 */
export function numberText(value: number, isFloat: boolean, style: "yaml" | "python" = "yaml"): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return isFloat ? `${value}.0` : String(value);
  if (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e16) return String(value);
  const [mantissa, exponent] = value.toExponential().split("e") as [string, string];
  const digits = exponent.slice(1).padStart(2, "0");
  const shown = mantissa.includes(".") || style === "python" ? mantissa : `${mantissa}.0`;
  return `${shown}e${exponent[0]}${digits}`;
}
