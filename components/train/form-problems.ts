/**
 * What is wrong with a form, and at which field it is shown: the schema's findings at once, the console's when they
 * come. Pure; words for the schema's findings are the caller's.
 */
import type { z } from "zod";
import { embeddedProblems, nearestArgument } from "@/server/contract/embedded-support";
import { combinationProblems } from "@/server/contract/argument-combinations";
import type { DatasetSummary, EngineId } from "@/server/contract/api";
import type { Problem } from "@/server/contract/problem";
import { trainConfigSchema } from "@/server/contract/train-config";
import { extraArguments, fieldOfArgument, formToConfig, unknownArguments } from "./form-config";
import type { FieldName, TrainForm } from "./form-defaults";

/** A finding of the schema, as a key of `train.problem` with its values. */
export type Finding =
  | { key: "chooseModel" | "chooseData" | "number" | "whole" | "notMapping" }
  | { key: "atLeast" | "above" | "atMost"; limit: string }
  | { key: "syntax"; detail: string }
  | { key: "unknown"; name: string }
  | { key: "unknownNear"; name: string; nearest: string; value: unknown }
  | { key: "needsPairs" | "hasPairs"; name: string }
  | { key: "other"; detail: string };

export interface FieldFinding {
  field: FieldName;
  argument: string;
  finding: Finding;
}

/** Everything that the schema has against the form, at most one finding per argument. */
export function schemaFindings(form: TrainForm): FieldFinding[] {
  const extra = extraArguments(form.extra);
  const findings: FieldFinding[] = [];
  if (form.dataset.length === 0 && !("dataset" in extra.config)) {
    findings.push({ field: "dataset", argument: "dataset", finding: { key: "chooseData" } });
  }
  if (extra.error) {
    const finding: Finding =
      extra.error.kind === "syntax" ? { key: "syntax", detail: extra.error.detail } : { key: "notMapping" };
    findings.push({ field: "extra", argument: "", finding });
  }
  for (const name of unknownArguments(extra.config)) {
    const nearest = nearestArgument(name);
    const finding: Finding = nearest
      ? { key: "unknownNear", name, nearest, value: extra.config[name] }
      : { key: "unknown", name };
    findings.push({ field: "extra", argument: name, finding });
  }
  const parsed = trainConfigSchema.safeParse(formToConfig(form));
  for (const issue of parsed.error?.issues ?? []) {
    const argument = String(issue.path[0] ?? "");
    if (findings.some((found) => found.argument === argument)) continue;
    findings.push({ field: fieldOfArgument(argument), argument, finding: findingOf(issue, argument) });
  }
  return findings;
}

/** Whether a stage learns from pairs of a better and a worse answer. */
export function needsPairs(stage: string): boolean {
  return stage === "dpo" || stage === "rm";
}

/** What speaks against the chosen datasets, as far as their entries in dataset_info.json tell. */
export function datasetFindings(form: TrainForm, datasets: readonly DatasetSummary[]): FieldFinding[] {
  return form.dataset.flatMap((name): FieldFinding[] => {
    const dataset = datasets.find((each) => each.name === name);
    if (!dataset || dataset.ranking === needsPairs(form.stage)) return [];
    const key = needsPairs(form.stage) ? "needsPairs" : "hasPairs";
    return [{ field: "dataset", argument: "dataset", finding: { key, name } }];
  });
}

function findingOf(issue: z.core.$ZodIssue, argument: string): Finding {
  if (argument === "model_name_or_path") return { key: "chooseModel" };
  if (issue.code === "invalid_type") {
    if (issue.expected === "int") return { key: "whole" };
    if (issue.expected === "number") return { key: "number" };
  }
  if (issue.code === "too_small") {
    return { key: issue.inclusive === false ? "above" : "atLeast", limit: String(issue.minimum) };
  }
  if (issue.code === "too_big") return { key: "atMost", limit: String(issue.maximum) };
  return { key: "other", detail: issue.message };
}

/** A problem as the form shows it. */
export interface ShownProblem extends Problem {
  field: FieldName;
  /** The message says what is wrong, and leaves it to its place to say with which setting. */
  terse?: boolean;
}

/**
 * What rules say about the form, before the console has looked at files: LLaMA-Factory's own, and the embedded engine's
 * where that one would train.
 * @param engine what the console would take; null where it has not said
 */
export function ruleProblems(form: TrainForm, engine: EngineId | null): Problem[] {
  const config = formToConfig(form);
  const trains = form.engine === "auto" ? engine : form.engine;
  return trains === "embedded" ? embeddedProblems(config) : combinationProblems(config);
}

/** The schema's findings (in words) and others' problems together; the schema speaks first for an argument. */
export function mergeProblems(local: readonly ShownProblem[], others: readonly Problem[]): ShownProblem[] {
  const spoken = new Set(local.map((problem) => problem.argument));
  const added = new Map<string, ShownProblem>();
  for (const problem of others) {
    if (problem.argument !== "" && spoken.has(problem.argument)) continue;
    added.set(`${problem.argument} ${problem.message}`, {
      ...problem,
      field: fieldOfArgument(problem.argument),
    });
  }
  return [...local, ...added.values()].sort((a, b) => rank(a) - rank(b));
}

function rank(problem: ShownProblem): number {
  return problem.severity === "error" ? 0 : 1;
}

/** The problem to show at a field: the gravest one. */
export function problemAt(problems: readonly ShownProblem[], field: FieldName): ShownProblem | null {
  return problems.find((problem) => problem.field === field) ?? null;
}

/** All fixes of the errors as one change, where every error has one; null where something is left for a person. */
export function fixForAll(
  problems: readonly ShownProblem[],
): { label: string; set: Record<string, unknown> } | null {
  const errors = problems.filter((problem) => problem.severity === "error");
  const fixes = errors.flatMap((problem) => (problem.fix ? [problem.fix] : []));
  if (errors.length === 0 || fixes.length < errors.length) return null;
  return {
    label: fixes.map((fix) => fix.label).join(", "),
    set: Object.assign({}, ...fixes.map((fix) => fix.set)) as Record<string, unknown>,
  };
}
