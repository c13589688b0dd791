/** Which settings of a run differ from LLaMA-Factory's defaults, and how two or more runs differ. */
import { argumentSpec } from "@/server/contract/argument-table";

export type Config = Readonly<Record<string, unknown>>;

/** Settings that every run states and that tell nothing about it. */
const PLUMBING = new Set([
  "do_train",
  "output_dir",
  "overwrite_output_dir",
  "overwrite_cache",
  "dataset_dir",
  "plot_loss",
  "report_to",
  "ddp_timeout",
  "preprocessing_num_workers",
  "include_num_input_tokens_seen",
  "trust_remote_code",
]);

/** The entries whose value is not the default, in the order of the file. */
export function changedFromDefault(config: Config): [string, unknown][] {
  return Object.entries(config).filter(([name, value]) => {
    if (PLUMBING.has(name)) return false;
    const spec = argumentSpec(name);
    return !spec || !sameValue(spec.default, value);
  });
}

/** A value as it would stand in YAML. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" && value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  return typeof value === "string" ? value : JSON.stringify(value);
}

export interface Difference {
  name: string;
  /** One value per run, in their order; undefined where a run leaves it at its default. */
  values: readonly unknown[];
  /** Whether the value is not that of most runs. */
  odd: readonly boolean[];
}

/** The settings that are not the same in all of `configs`, defaults filled in. */
export function configDifferences(configs: readonly Config[]): Difference[] {
  const names = new Set(
    configs.flatMap((config) => Object.keys(config)).filter((name) => !PLUMBING.has(name)),
  );
  return [...names].flatMap((name) => {
    const values = configs.map((config) => config[name] ?? argumentSpec(name)?.default);
    if (values.every((value) => sameValue(value, values[0]))) return [];
    const texts = values.map(valueText);
    const counts = new Map<string, number>();
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
    const usual = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    return [{ name, values, odd: texts.map((text) => text !== usual) }];
  });
}

/** Numbers may be written as text (`1e-4`, `"2"`), and a missing value is null. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  if (isNumeric(a) && isNumeric(b)) return Number(a) === Number(b);
  return JSON.stringify(a) === JSON.stringify(b);
}

function isNumeric(value: unknown): boolean {
  return (
    typeof value === "number" ||
    (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
  );
}
