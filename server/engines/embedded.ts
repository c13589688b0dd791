/**
 * The embedded trainer as an engine: this repository's own `tuneboard train` and `tuneboard api`, run by the same Node.
 */
import os from "node:os";
import type { EngineStatus } from "@/server/contract/api";
import { embeddedProblems } from "@/server/contract/embedded-support";
import { textOf, type Configuration } from "@/server/contract/configuration-values";
import {
  LAUNCH_VARIABLES,
  LAUNCH_VARIABLE_NAMES,
  launchEnvironment,
} from "@/server/contract/launch-variables";
import type { Problem } from "@/server/contract/problem";
import type { Engine } from "./engine";
import { unknownStatus } from "./engine-status";

/** @param cli absolute path of the bundled command line */
export function embeddedEngine({ cli, version }: { cli: string; version: string }): Engine {
  const status: EngineStatus = {
    ...unknownStatus("embedded"),
    available: true,
    version,
    devices: [`CPU, ${os.availableParallelism()} threads`],
  };
  return {
    id: "embedded",
    stopSignal: "SIGTERM",
    readsLocalTextOnly: true,
    servesManyAdapters: true,
    detect: () => Promise.resolve(status),
    known: () => status,
    check: (config) => [...embeddedProblems(config), ...launchRefusals(config)],
    trainArguments: (args) =>
      Object.fromEntries(Object.entries(args).filter(([name]) => !LAUNCH_VARIABLE_NAMES.includes(name))),
    environment: () => ({}),
    generatedFiles: () => [],
    shownCommand,
    previewCommand: ({ argsFile }) => shownCommand(argsFile),
    command: (task) => ({
      file: process.execPath,
      args: [cli, task.kind, task.argsFile, ...(task.kind === "train" ? task.overrides : [])],
      env: { TUNEBOARD_BUILT: "1", ...(task.kind === "api" && { API_PORT: String(task.port) }) },
      cwd: task.cwd,
    }),
  };
}

function shownCommand(argsFile: string): string {
  return `npx tuneboard train ${argsFile}`;
}

/** Launch variables that ask for more than one process. */
function launchRefusals(config: Configuration): Problem[] {
  const asked = launchEnvironment(config);
  return LAUNCH_VARIABLES.filter(
    ({ name, default: fallback }) =>
      !/VISIBLE_DEVICES$|^USE_\w+_HUB$/.test(name) &&
      name in asked &&
      asked[name] !== textOf(fallback) &&
      asked[name] !== "1",
  ).map(({ name }) => ({
    argument: name,
    severity: "error",
    message: `${name} spreads training over several processes; the embedded trainer is one. Use the llamafactory engine for it.`,
    fix: { label: `Remove ${name}`, set: { [name]: null } },
    engine: "llamafactory",
  }));
}
