/** A console in a process of its own, for tests that kill it: `node console.mjs <repository> <home>`; sends its address. */
import type { EngineId } from "@/server/contract/api";
import { createConsole } from "@/server/console";
import type { Engine } from "@/server/engines/engine";
import { unknownStatus } from "@/server/engines/engine-status";
import path from "node:path";

const [, , root, home] = process.argv as [string, string, string, string];
const engine: Engine = {
  id: "embedded",
  stopSignal: "SIGTERM",
  readsLocalTextOnly: false,
  servesManyAdapters: true,
  known: () => null,
  environment: () => ({}),
  generatedFiles: () => [],
  previewCommand: ({ argsFile }) => argsFile,
  shownCommand: (argsFile) => argsFile,
  detect: () =>
    Promise.resolve({
      ...unknownStatus("embedded"),
      name: "Scripted",
      available: true,
      version: "1",
    }),
  check: () => [],
  trainArguments: (args) => ({ ...args }),
  command: (task) => ({
    file: process.execPath,
    args: [
      path.join(root, "test/server/console/scripted-trainer.mjs"),
      task.argsFile,
      path.join(home, "script.json"),
    ],
    env: {},
    cwd: task.cwd,
  }),
};
const started = await createConsole({
  root,
  home,
  port: 0,
  pages: false,
  version: "0.0.0-test",
  engines: new Map<EngineId, Engine>([["embedded", engine]]),
});
process.send?.(started.url);
