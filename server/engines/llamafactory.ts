/**
 * LLaMA-Factory in the user's own Python environment as an engine: found on PATH or where the settings say, looked at by
 * starting it, and started as LLaMA Board would. It does not know how runs are followed.
 */
import path from "node:path";
import type { EngineStatus } from "@/server/contract/api";
import { combinationProblems } from "@/server/contract/argument-combinations";
import { launchEnvironment, launchProblems } from "@/server/contract/launch-variables";
import { OWN_ARGUMENTS } from "@/server/contract/train-config";
import { boardCommand, boardEnvironment, environmentWords, withBoardArguments } from "./board-arguments";
import { precisionProblems } from "./card-precision";
import { generatedZeroConfig } from "./deepspeed-config";
import type { Command, Engine, Task } from "./engine";
import { LEASH } from "./leash";
import { argumentProblems } from "./llamafactory-arguments";
import {
  COMMAND,
  findProgram,
  fingerprintOf,
  inspectProgram,
  missingStatus,
  type Inspection,
} from "./llamafactory-program";
import { trapProblems, type TrapFacts } from "./llamafactory-traps";

/** Where a look at the program is kept from one console to the next. */
export interface InspectionStore {
  read(): Inspection | null;
  write(inspection: Inspection): void;
}

/**
 * @param setting path set by hand (a program or a virtual environment), or null for PATH; asked each time
 * @param store keeps the last look, which takes Python a quarter of a minute
 */
export function llamaFactoryEngine(setting: () => string | null, store?: InspectionStore): Engine {
  let looking: { program: string; inspection: Promise<Inspection> } | null = null;
  let last: Inspection | null = null;

  /** The kept look at a program, while nothing there has changed. */
  function kept(program: string): Inspection | null {
    last ??= store?.read() ?? null;
    return last?.fingerprint === fingerprintOf(program) ? last : null;
  }

  function inspect(program: string, refresh: boolean): Promise<Inspection> {
    const known = refresh ? null : kept(program);
    if (known) return Promise.resolve(known);
    if (looking?.program === program) return looking.inspection;
    const inspection = inspectProgram(program).then((found) => {
      last = found;
      store?.write(found);
      return found;
    });
    looking = { program, inspection };
    void inspection.finally(() => (looking = null));
    return inspection;
  }

  /** The program that the settings mean, and the last look at it. */
  function atHand(): { program: string | null; seen: Inspection | null } {
    const program = findProgram(setting());
    return { program, seen: program === null ? null : kept(program) };
  }

  function known(): EngineStatus | null {
    const { program, seen } = atHand();
    return program === null ? missingStatus(setting()) : (seen?.status ?? null);
  }

  function facts(): TrapFacts & Pick<Inspection, "argumentNames"> & { cards: readonly string[] } {
    const { program, seen } = atHand();
    const cards = seen?.hasGpu ? seen.status.devices : [];
    return {
      version: seen?.status.version ?? null,
      hasGpu: seen ? seen.hasGpu : null,
      devices: seen ? cards.length : null,
      cards,
      modules: seen?.modules ?? {},
      argumentNames: seen?.argumentNames ?? [],
      pip: program === null ? "pip" : path.join(path.dirname(program), "pip"),
    };
  }

  return {
    id: "llamafactory",
    // LLaMA Board's own way to end a run: the trainer's handler for it saves and leaves at the next step.
    stopSignal: process.platform === "win32" ? "SIGTERM" : "SIGABRT",
    readsLocalTextOnly: false,
    servesManyAdapters: false,
    async detect({ refresh } = { refresh: false }) {
      const program = findProgram(setting());
      return program === null ? missingStatus(setting()) : (await inspect(program, refresh)).status;
    },
    known,
    check(config) {
      const seen = facts();
      return [
        ...argumentProblems(config, seen),
        ...launchProblems(config),
        ...combinationProblems(config),
        ...trapProblems(config, seen),
        ...precisionProblems(config, seen.cards),
      ];
    },
    trainArguments: (args) =>
      withBoardArguments(
        Object.fromEntries(Object.entries(args).filter(([name]) => !OWN_ARGUMENTS.includes(name))),
      ),
    environment: (config) => ({ ...boardEnvironment(config), ...launchEnvironment(config) }),
    generatedFiles: (args) => [generatedZeroConfig(args.deepspeed)].filter((file) => file !== null),
    shownCommand: (argsFile, environment = {}) =>
      `${environmentWords(environment)}${COMMAND} train ${argsFile}`,
    previewCommand: ({ args, environment }) => boardCommand(args, environment),
    command: (task) => command(task, findProgram(setting()) ?? setting() ?? COMMAND),
  };
}

function command(task: Task, program: string): Command {
  // torchrun and ray lie beside the program, and it calls them by name.
  const beside: Record<string, string> = path.isAbsolute(program)
    ? { PATH: [path.dirname(program), process.env.PATH].filter(Boolean).join(path.delimiter) }
    : {};
  switch (task.kind) {
    case "train":
      return {
        file: program,
        args: ["train", task.argsFile, ...task.overrides],
        // Makes it write running_log.txt into the folder and obey the stop signal.
        env: { ...beside, LLAMABOARD_ENABLED: "1", LLAMABOARD_WORKDIR: task.runFolder },
        cwd: task.cwd,
      };
    case "api":
      return {
        file: process.execPath,
        args: ["-e", LEASH, program, "api", task.argsFile],
        env: {
          ...beside,
          API_HOST: "127.0.0.1",
          API_PORT: String(task.port),
          API_MODEL_NAME: "base",
          API_VERBOSE: "0",
        },
        cwd: task.cwd,
      };
    case "export":
      return { file: program, args: ["export", task.argsFile], env: beside, cwd: task.cwd };
  }
}
