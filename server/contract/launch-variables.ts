/**
 * Settings that LLaMA-Factory reads from its environment, not from its YAML: how many processes on how many machines,
 * and on which devices. A configuration holds them under the variables' own names; they travel with the run and never
 * stand in training_args.yaml. It does not know how a process is started.
 */
import type { ArgumentSpec } from "./argument-spec";
import { isOn, textOf, type Configuration } from "./configuration-values";
import type { Problem } from "./problem";

/** As LLaMA-Factory 0.9.5's launcher reads them; a default of null depends on the machine. */
export const LAUNCH_VARIABLES: readonly ArgumentSpec[] = [
  { group: "launch", name: "CUDA_VISIBLE_DEVICES", type: "str", default: null },
  { group: "launch", name: "ASCEND_RT_VISIBLE_DEVICES", type: "str", default: null },
  { group: "launch", name: "FORCE_TORCHRUN", type: "bool", default: false },
  { group: "launch", name: "NNODES", type: "int", default: 1 },
  { group: "launch", name: "NODE_RANK", type: "int", default: 0 },
  { group: "launch", name: "NPROC_PER_NODE", type: "int", default: null },
  { group: "launch", name: "MASTER_ADDR", type: "str", default: "127.0.0.1" },
  { group: "launch", name: "MASTER_PORT", type: "int", default: null },
  { group: "launch", name: "RDZV_ID", type: "str", default: null },
  { group: "launch", name: "MIN_NNODES", type: "int", default: null },
  { group: "launch", name: "MAX_NNODES", type: "int", default: null },
  { group: "launch", name: "MAX_RESTARTS", type: "int", default: 0 },
  { group: "launch", name: "USE_RAY", type: "bool", default: false },
  { group: "launch", name: "USE_MODELSCOPE_HUB", type: "bool", default: false },
  { group: "launch", name: "USE_OPENMIND_HUB", type: "bool", default: false },
];

export const LAUNCH_VARIABLE_NAMES: readonly string[] = LAUNCH_VARIABLES.map(({ name }) => name);

const byName = new Map(LAUNCH_VARIABLES.map((variable) => [variable.name, variable]));

/** A launch variable by its name. */
export function launchVariable(name: string): ArgumentSpec | undefined {
  return byName.get(name);
}

/** The launch variables of a configuration as a process gets them: text by name; switches that are off are left out. */
export function launchEnvironment(config: Configuration): Record<string, string> {
  return Object.fromEntries(
    LAUNCH_VARIABLES.flatMap(({ name, type }): [string, string][] => {
      const value = textOf(config[name]);
      if (value === "") return [];
      if (type === "bool") return isOn(config[name]) ? [[name, "1"]] : [];
      return [[name, value]];
    }),
  );
}

/** Launch variables whose values LLaMA-Factory's launcher could not read. */
export function launchProblems(config: Configuration): Problem[] {
  return LAUNCH_VARIABLES.flatMap(({ name, type }): Problem[] => {
    const value = textOf(config[name]);
    if (value === "") return [];
    const readable =
      type === "int"
        ? /^\d+$/.test(value)
        : type === "bool"
          ? /^(true|false|0|1|yes|no|on|off)$/i.test(value)
          : true;
    if (readable) return [];
    return [
      {
        argument: name,
        severity: "error",
        message: `${name}: ${value} is not a ${type === "int" ? "whole number" : "switch (1 or 0)"}.`,
        fix: { label: `Remove ${name}`, set: { [name]: null } },
      },
    ];
  });
}
