/**
 * Whether the embedded trainer can do what a configuration asks for: pure rules over the configuration alone, so that
 * the form, the HTTP API and the command line say the same words. Nothing that was asked for is passed over in silence.
 * It knows no files: models, datasets and templates are checked where they are read.
 */
import { combinationProblems } from "./argument-combinations";
import { ARGUMENTS, argumentSpec, type ArgumentSpec } from "./argument-table";
import { isOn, textOf, type Configuration } from "./configuration-values";
import { editDistance } from "./edit-distance";
import { embeddedArgumentSupport, isConsulted, refusal } from "./embedded-arguments";
import type { Problem } from "./problem";
import { OWN_ARGUMENTS } from "./training-choices";

/** Every reason why the embedded trainer would not do what `config` says, and every warning. */
export function embeddedProblems(config: Configuration): Problem[] {
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(config)) {
    const problem = argumentProblem(name, value, config);
    if (problem) problems.push(problem);
  }
  return [...problems, ...combinationProblems(config)];
}

function argumentProblem(name: string, value: unknown, config: Configuration): Problem | null {
  if (OWN_ARGUMENTS.includes(name)) return null;
  const support = embeddedArgumentSupport(name);
  if (support.kind === "unknown") return unknownArgument(name, value);
  if (support.kind === "no effect" || isDefault(name, value) || !isConsulted(name, config)) return null;
  switch (support.kind) {
    case "honoured":
      return support.values && !support.values.includes(normalised(value, argumentSpec(name)))
        ? refusedValue(name, value, support.values)
        : null;
    case "warning":
      return { argument: name, severity: "warning", message: support.reason, code: "embedded_warning" };
    case "refused":
      return {
        argument: name,
        severity: "error",
        message: `${name}: ${text(value)} is not supported here. ${support.reason}`,
        code: "embedded_refused",
        fix: { label: `Remove ${name}`, set: { [name]: null } },
        ...wayOut(support.reason),
      };
  }
}

function refusedValue(name: string, value: unknown, values: readonly unknown[]): Problem {
  const fallback = argumentSpec(name)?.default;
  const offered = values.includes(fallback) ? fallback : values[0];
  return {
    argument: name,
    severity: "error",
    message: `${name}: ${text(value)} is not supported here; it can be ${values.map(text).join(", ")}. ${refusal(name)}`,
    code: "embedded_value",
    fix: { label: `Set ${name} to ${text(offered)}`, set: { [name]: offered } },
    ...wayOut(refusal(name)),
  };
}

/** The engine that a reason sends people to. */
function wayOut(reason: string): Pick<Problem, "engine"> {
  return reason.includes("llamafactory engine") ? { engine: "llamafactory" } : {};
}

/** The problem with a name that no argument of LLaMA-Factory has; a close one is offered in its place. */
export function unknownArgument(name: string, value: unknown): Problem {
  const nearest = nearestArgument(name);
  const message = `${name} is not an argument of llamafactory-cli.`;
  if (!nearest) {
    return {
      argument: name,
      severity: "error",
      message,
      fix: { label: `Remove ${name}`, set: { [name]: null } },
    };
  }
  return {
    argument: name,
    severity: "error",
    message: `${message} Did you mean ${nearest}?`,
    fix: { label: `Use ${nearest}`, set: { [name]: null, [nearest]: value } },
  };
}

/** The argument whose name is closest to `name`; null where none is close. */
export function nearestArgument(name: string): string | null {
  const limit = Math.max(2, Math.floor(name.length / 4));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const { name: candidate } of ARGUMENTS) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** A value in the argument's own type, where it was written as text. */
function normalised(value: unknown, spec: ArgumentSpec | undefined): unknown {
  if (typeof value === "boolean" && spec?.type === "str" && spec.default === "no")
    return value ? "all" : "no";
  if (Array.isArray(value) && spec?.type === "str") return textOf(value);
  if (typeof value !== "string") return value;
  const trimmed = value.trim();
  switch (spec?.type) {
    case "bool":
      return isOn(trimmed) ? true : /^(false|0|no|off)$/i.test(trimmed) ? false : trimmed;
    case "int":
    case "float":
      return trimmed === "" || Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
    default:
      return trimmed;
  }
}

function isDefault(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  const spec = argumentSpec(name);
  const own = normalised(value, spec);
  if (own === false && spec?.default === null) return true;
  return JSON.stringify(own) === JSON.stringify(spec?.default);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
