/**
 * What is wrong with a form, and at which field it is shown: the findings of the schema and the rules (form-rules.ts), the
 * datasets' own, and the console's when they come. Pure; words for the findings are the caller's.
 */
import type { DatasetSummary } from "@/server/contract/api";
import type { Problem } from "@/server/contract/problem";
import { fieldOfArgument } from "./form-config";
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

/** A problem as the form shows it. */
export interface ShownProblem extends Problem {
  field: FieldName;
  /** The message says what is wrong, and leaves it to its place to say with which setting. */
  terse?: boolean;
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
