/**
 * LLaMA-Factory in the user's own Python environment as an engine: found on PATH or where the settings say, asked for
 * its version, started with the same YAML. It does not know how runs are followed.
 */
import { execFile } from "node:child_process";
import os from "node:os";
import { combinationProblems } from "@/server/contract/argument-combinations";
import { argumentSpec } from "@/server/contract/argument-table";
import { isOn, type Configuration } from "@/server/contract/configuration-values";
import type { Problem } from "@/server/contract/problem";
import { OWN_ARGUMENTS } from "@/server/contract/train-config";
import type { EngineStatus } from "@/server/contract/api";
import type { Command, Engine } from "./engine";

/** Importing torch takes seconds; much longer than this means that it hangs. */
const DETECT_TIMEOUT_MS = 60_000;
const COMMAND = "llamafactory-cli";

/** @param cliPath path set by hand, or null to look on PATH; asked each time, since settings change */
export function llamaFactoryEngine(cliPath: () => string | null): Engine {
  let detected: { file: string; status: Promise<EngineStatus> } | null = null;
  const file = () => cliPath() ?? COMMAND;
  return {
    id: "llamafactory",
    // LLaMA Board's own way to end a run: the trainer's handler for it saves and leaves at the next step.
    stopSignal: process.platform === "win32" ? "SIGTERM" : "SIGABRT",
    readsLocalTextOnly: false,
    shownCommand: (argsFile) => `${COMMAND} train ${argsFile}`,
    detect() {
      if (detected?.file !== file()) detected = { file: file(), status: detect(file()) };
      return detected.status;
    },
    check: (config) => [
      ...unknownArguments(config),
      ...combinationProblems(config),
      ...deviceProblems(config),
    ],
    trainArguments: (args) => ({
      report_to: "none",
      ...Object.fromEntries(
        Object.entries(args).filter(([name]) => !OWN_ARGUMENTS.includes(name)),
      ),
    }),
    command(task): Command {
      const overrides = task.kind === "train" ? task.overrides : [];
      const start = { file: file(), args: [task.kind, task.argsFile, ...overrides], cwd: task.cwd };
      return task.kind === "train"
        ? // Makes it write running_log.txt into the folder and obey the stop signal.
          { ...start, env: { LLAMABOARD_ENABLED: "1", LLAMABOARD_WORKDIR: task.runFolder } }
        : { ...start, env: { API_HOST: "127.0.0.1", API_PORT: String(task.port) } };
    },
  };
}

function detect(file: string): Promise<EngineStatus> {
  return new Promise((resolve) => {
    const base = { id: "llamafactory", name: "LLaMA-Factory" } as const;
    const missing = (reason: string): EngineStatus => ({
      ...base,
      available: false,
      version: null,
      devices: [],
      reason,
    });
    execFile(
      file,
      ["version"],
      { timeout: DETECT_TIMEOUT_MS, windowsHide: true },
      (error, stdout, stderr) => {
        if (error) return resolve(missing(whyMissing(file, error, stderr)));
        const version = /version:?\s+v?(\d[\w.]*)/i.exec(stdout)?.[1];
        if (!version)
          return resolve(missing(`${file} version ran, but named no version. Is it LLaMA-Factory's?`));
        return resolve({
          ...base,
          available: true,
          version,
          devices: [`CPU, ${os.availableParallelism()} threads`],
          reason: null,
        });
      },
    );
  });
}

function whyMissing(
  file: string,
  error: Error & { code?: unknown; killed?: boolean },
  stderr: string,
): string {
  if (error.code === "ENOENT") {
    return file === COMMAND
      ? "llamafactory-cli is not on PATH. Install LLaMA-Factory, start the console from its environment, or set the path in Settings."
      : `There is no program at ${file}. Set the path of llamafactory-cli in Settings.`;
  }
  if (error.killed) return `${file} version did not answer within ${DETECT_TIMEOUT_MS / 1000} seconds.`;
  const last = stderr.trim().split("\n").at(-1);
  return `${file} version failed: ${last || error.message}`;
}

function unknownArguments(config: Configuration): Problem[] {
  return Object.keys(config)
    .filter((name) => !argumentSpec(name) && !OWN_ARGUMENTS.includes(name))
    .map((name) => ({
      argument: name,
      severity: "error",
      message: `${name} is not an argument of llamafactory-cli train.`,
      fix: { label: `Remove ${name}`, set: { [name]: null } },
    }));
}

/** What LLaMA-Factory refuses on a machine without a GPU, after its half minute of imports. */
function deviceProblems(config: Configuration): Problem[] {
  const problems: Problem[] = [];
  if (isOn(config.pure_bf16) && isOn(config.use_cpu)) {
    problems.push({
      argument: "pure_bf16",
      severity: "error",
      message: "LLaMA-Factory refuses pure_bf16 on a CPU.",
      fix: { label: "Use bf16", set: { pure_bf16: null, bf16: true } },
    });
  }
  if ((isOn(config.bf16) || isOn(config.fp16)) && !isOn(config.use_cpu)) {
    problems.push({
      argument: isOn(config.bf16) ? "bf16" : "fp16",
      severity: "warning",
      message: "Without a GPU, LLaMA-Factory takes this only together with use_cpu.",
      fix: { label: "Set use_cpu", set: { use_cpu: true } },
    });
  }
  return problems;
}
