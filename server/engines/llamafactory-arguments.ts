/**
 * Which arguments the installed LLaMA-Factory takes, by its own help: it ends with a ValueError at the first one that it
 * does not know, after half a minute of imports, and versions differ. It does not know what arguments mean.
 */
import { argumentSpec } from "@/server/contract/argument-table";
import type { Configuration } from "@/server/contract/configuration-values";
import { unknownArgument } from "@/server/contract/embedded-support";
import type { Problem } from "@/server/contract/problem";
import { OWN_ARGUMENTS } from "@/server/contract/train-config";

/** The arguments that `llamafactory-cli train -h` lists; [] where the text is no such list. */
export function argumentNames(help: string): string[] {
  const names = [...help.matchAll(/^\s+(?:-\w, )?--([A-Za-z]\w*)/gm)].map(([, name]) => name!);
  return names.includes("model_name_or_path") ? names : [];
}

/**
 * The arguments of a configuration that the program would refuse.
 * @param program what is known of it: `argumentNames` empty where nobody has looked; then our own table decides
 */
export function argumentProblems(
  config: Configuration,
  program: { version: string | null; argumentNames: readonly string[] },
): Problem[] {
  const taken = new Set(program.argumentNames);
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(config)) {
    if (value === null || value === undefined || OWN_ARGUMENTS.includes(name) || taken.has(name)) continue;
    if (!argumentSpec(name)) problems.push(unknownArgument(name, value));
    else if (taken.size > 0) problems.push(foreignArgument(name, program.version));
  }
  return problems;
}

function foreignArgument(name: string, version: string | null): Problem {
  return {
    argument: name,
    severity: "error",
    message: `LLaMA-Factory ${version ?? "as it is installed"} has no argument ${name}: another version has it.`,
    fix: { label: `Remove ${name}`, set: { [name]: null } },
  };
}
