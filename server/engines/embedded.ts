/**
 * The embedded trainer as an engine: this repository's own `tuneboard train` and `tuneboard api`, run by the same Node.
 */
import os from "node:os";
import { embeddedProblems } from "@/server/contract/embedded-support";
import type { Engine } from "./engine";

/** @param cli absolute path of the bundled command line */
export function embeddedEngine({ cli, version }: { cli: string; version: string }): Engine {
  return {
    id: "embedded",
    stopSignal: "SIGTERM",
    readsLocalTextOnly: true,
    shownCommand: (argsFile) => `npx tuneboard train ${argsFile}`,
    detect: () =>
      Promise.resolve({
        id: "embedded",
        name: "Embedded",
        available: true,
        version,
        devices: [`CPU, ${os.availableParallelism()} threads`],
        reason: null,
      }),
    check: embeddedProblems,
    trainArguments: (args) => ({ ...args }),
    command: (task) => ({
      file: process.execPath,
      args:
        task.kind === "train"
          ? [cli, "train", task.argsFile, ...task.overrides]
          : [cli, "api", task.argsFile],
      env: { TUNEBOARD_BUILT: "1", ...(task.kind === "api" && { API_PORT: String(task.port) }) },
      cwd: task.cwd,
    }),
  };
}
