/**
 * What the schema and the engines' rules have against a form. They weigh as much as the form itself, so nothing on the page
 * imports this file; late-parts.ts brings it when it is needed. Pure.
 */
import type { z } from "zod";
import { combinationProblems } from "@/server/contract/argument-combinations";
import { embeddedProblems, nearestArgument } from "@/server/contract/embedded-support";
import type { EngineId } from "@/server/contract/engine-names";
import type { Problem } from "@/server/contract/problem";
import { trainConfigSchema } from "@/server/contract/train-config";
import { extraArguments, fieldOfArgument, formToConfig, unknownArguments } from "./form-config";
import type { TrainForm } from "./form-defaults";
import type { FieldFinding, Finding } from "./form-problems";

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
  // LLaMA-Factory's installed version may know more than our table: the console asks it.
  const unknown = form.engine === "llamafactory" ? [] : unknownArguments(extra.config);
  for (const name of unknown) {
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
