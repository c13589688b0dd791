/**
 * Finds `llamafactory-cli` and looks at it by really starting it: its own `env`, then its trainer's imports, which fail
 * where `env` still works. Slow (Python imports torch twice), so what was found is kept until something there changes.
 * It does not know configurations or runs.
 */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { engineStatusSchema, type EngineStatus, type EngineTrouble } from "@/server/contract/api";
import { unknownStatus } from "./engine-status";
import { argumentNames } from "./llamafactory-arguments";
import { environmentFault, optionalTroubles, WATCHED_MODULES } from "./environment-troubles";

/** What LLaMA-Factory is called in a terminal. */
export const COMMAND = "llamafactory-cli";
/** Importing torch from a cold disk takes a minute; much longer than this means that it hangs. */
const TIMEOUT_MS = 180_000;
const LARGEST_OUTPUT = 4 * 1024 * 1024;

const inspectionSchema = z.object({
  fingerprint: z.string(),
  status: engineStatusSchema,
  modules: z.record(z.string(), z.boolean()),
  hasGpu: z.boolean(),
  /** What its help lists; [] where it is broken. */
  argumentNames: z.array(z.string()),
});
/** What is kept of a look, to be trusted while `fingerprint` stays the same. */
export type Inspection = z.infer<typeof inspectionSchema>;

/** A kept look; null where there is none, or an older console wrote it otherwise. */
export function parsedInspection(text: string | null): Inspection | null {
  try {
    return inspectionSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

/**
 * The program that a setting means: a file, or a virtual environment's folder; without a setting, the one on PATH.
 * @param searchPath folders as PATH lists them
 * @returns absolute path, or null where there is none
 */
export function findProgram(
  setting: string | null,
  searchPath: string | undefined = process.env["PATH"],
): string | null {
  const names = process.platform === "win32" ? [`${COMMAND}.exe`, `${COMMAND}.cmd`] : [COMMAND];
  const inFolder = (folder: string) => names.map((name) => path.join(folder, name)).find(isFile) ?? null;
  if (setting === null) {
    return (searchPath ?? "").split(path.delimiter).filter(Boolean).map(inFolder).find(Boolean) ?? null;
  }
  const given = path.resolve(setting.replace(/^~(?=$|[\\/])/, os.homedir()));
  if (isFile(given)) return given;
  return [given, path.join(given, "bin"), path.join(given, "Scripts")].map(inFolder).find(Boolean) ?? null;
}

/** Changes when the program or what is installed beside it does. */
export function fingerprintOf(program: string): string {
  const packages = packageFolder(program);
  return [program, modified(program), packages, packages && modified(packages)].join("|");
}

/** Looks at a program by starting it, twice where need be. Never rejects: what went wrong is in the status. */
export async function inspectProgram(program: string): Promise<Inspection> {
  const fingerprint = fingerprintOf(program);
  const pip = pipOf(program);
  const modules = installedModules(program);
  const described = await start(program, ["env"]);
  const facts = factsOf(described.output);
  const versionFact = facts.find(({ name }) => name === "llamafactory version")?.value ?? null;
  const base = {
    id: "llamafactory",
    name: "LLaMA-Factory",
    program,
    facts,
    checked_at: new Date().toISOString(),
  } as const;
  const broken = (trouble: EngineTrouble, version: string | null): Inspection => ({
    fingerprint,
    modules,
    hasGpu: false,
    argumentNames: [],
    status: {
      ...base,
      available: false,
      version,
      devices: [],
      reason: trouble.mend ? `${trouble.message} To mend it: ${trouble.mend}` : trouble.message,
      troubles: [trouble],
    },
  });
  if (described.failure || versionFact === null) {
    return broken(troubleOf(described, pip) ?? strange(program, described), versionFact);
  }
  // `env` imports torch and its neighbours; only this imports what trains.
  const trainer = await start(program, ["train", "-h"]);
  if (trainer.failure) return broken(troubleOf(trainer, pip) ?? strange(program, trainer), versionFact);
  const devices = devicesOf(facts);
  return {
    fingerprint,
    modules,
    hasGpu: devices.length > 0,
    argumentNames: argumentNames(trainer.output),
    status: {
      ...base,
      available: true,
      version: versionFact,
      devices: devices.length > 0 ? devices : [`CPU, ${os.availableParallelism()} threads`],
      reason: null,
      troubles: optionalTroubles(modules, pip),
    },
  };
}

/** The status where no program was found. */
export function missingStatus(setting: string | null): EngineStatus {
  return {
    ...unknownStatus("llamafactory"),
    reason:
      setting === null
        ? "llamafactory-cli is not on PATH. Install LLaMA-Factory, start the console from its environment, or name its virtual environment in Settings."
        : `There is no llamafactory-cli at ${setting}: neither a program nor a virtual environment that has one. Set it in Settings.`,
    troubles: [
      {
        kind: "missing",
        message: "LLaMA-Factory is not installed, or in an environment that is not named here.",
        mend: "python3 -m venv llamafactory && llamafactory/bin/pip install llamafactory",
      },
    ],
    checked_at: new Date().toISOString(),
  };
}

interface Started {
  output: string;
  /** null where it ended well. */
  failure: { code: number | string | null; signal: string | null; timedOut: boolean; message: string } | null;
}

function start(program: string, args: readonly string[]): Promise<Started> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      {
        timeout: TIMEOUT_MS,
        killSignal: "SIGKILL",
        windowsHide: true,
        maxBuffer: LARGEST_OUTPUT,
        // Not in the folder that the console was started from: `env` would report that repository's commit.
        cwd: path.dirname(program),
        env: { ...process.env, PYTHONUNBUFFERED: "1" },
      },
      (error, stdout, stderr) => {
        const output = `${stdout}\n${stderr}`;
        if (!error) return resolve({ output, failure: null });
        resolve({
          output,
          failure: {
            code: error.code ?? null,
            signal: error.signal ?? null,
            timedOut: error.killed === true,
            message: error.message.split("\n")[0] ?? "",
          },
        });
      },
    );
  });
}

function troubleOf({ output, failure }: Started, pip: string): EngineTrouble | null {
  if (failure?.timedOut)
    return { kind: "timeout", message: `It did not answer within ${TIMEOUT_MS / 1000} seconds.`, mend: null };
  if (failure?.code === "EACCES")
    return { kind: "forbidden", message: "It may not be started by this user.", mend: null };
  if (failure?.signal === "SIGKILL")
    return {
      kind: "memory",
      message: "The system killed it, most likely because memory ran out.",
      mend: null,
    };
  return failure ? environmentFault(output, pip) : null;
}

/** Where nothing better is known: its own last line. */
function strange(program: string, { output, failure }: Started): EngineTrouble {
  const last = output.trim().split("\n").at(-1)?.trim();
  if (!failure)
    return {
      kind: "strange",
      message: `${program} ran, but named no version. Is it LLaMA-Factory's?`,
      mend: null,
    };
  return { kind: "strange", message: `${program} failed: ${last || failure.message}`, mend: null };
}

/** The lines `- name: value` of `llamafactory-cli env`. */
function factsOf(output: string): { name: string; value: string }[] {
  return [...output.matchAll(/^- ([^:\n]+): (.+)$/gm)]
    .map(([, name, value]) => ({ name: name!.replaceAll("`", "").trim(), value: value!.trim() }))
    .filter(({ name }) => name !== "Git commit" && name !== "Default data directory");
}

function devicesOf(facts: readonly { name: string; value: string }[]): string[] {
  const fact = (name: string) => facts.find((each) => each.name === name)?.value;
  const gpu = fact("GPU type") ?? fact("NPU type");
  if (gpu === undefined) return [];
  const count = Math.max(1, Number(fact("GPU number") ?? 1) || 1);
  const memory = fact("GPU memory");
  return Array.from({ length: count }, () => (memory ? `${gpu}, ${memory}` : gpu));
}

/** Which of the watched modules lie in the environment's package folder; {} where that folder is not found. */
function installedModules(program: string): Record<string, boolean> {
  const folder = packageFolder(program);
  if (folder === null) return {};
  return Object.fromEntries(
    WATCHED_MODULES.map((module) => [
      module,
      existsSync(path.join(folder, module)) || existsSync(path.join(folder, `${module}.py`)),
    ]),
  );
}

/** site-packages of the environment that a program in `bin` or `Scripts` belongs to. */
function packageFolder(program: string): string | null {
  const root = path.dirname(path.dirname(real(program)));
  const windows = path.join(root, "Lib", "site-packages");
  if (process.platform === "win32") return existsSync(windows) ? windows : null;
  try {
    const python = readdirSync(path.join(root, "lib")).find((name) => /^python3/.test(name));
    const folder = python && path.join(root, "lib", python, "site-packages");
    return folder && existsSync(folder) ? folder : null;
  } catch {
    return null;
  }
}

function pipOf(program: string): string {
  const folder = path.dirname(program);
  const pip = path.join(folder, process.platform === "win32" ? "pip.exe" : "pip");
  return isFile(pip) ? quoted(pip) : "pip";
}

function quoted(file: string): string {
  return file.includes(" ") ? `"${file}"` : file;
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function modified(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
