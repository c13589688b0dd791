/**
 * The CUDA library that @tensorflow/tfjs-node-gpu needs and does not bring: fetched by that package's own install script,
 * and only when somebody asks for it (about 500 MB). It does not know who asks.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { GpuLibrary } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";

const PACKAGE = "@tensorflow/tfjs-node-gpu";
const LARGEST_DETAIL = 500;

export interface GpuLibraryInstaller {
  state(): GpuLibrary;
  /** Starts the download; resolves when it has ended, well or badly. @throws AppError unsupported, busy */
  install(onProgress?: (line: string) => void): Promise<GpuLibrary>;
}

/** @param root the repository's folder, where node_modules lies */
export function gpuLibraryInstaller(root: string): GpuLibraryInstaller {
  let running: Promise<GpuLibrary> | null = null;
  let last: GpuLibrary | null = null;

  function state(): GpuLibrary {
    if (running) return { state: "installing", detail: last?.detail ?? "Starting the download" };
    if (last?.state === "failed") return last;
    const folder = packageFolder(root);
    if (!folder)
      return {
        state: "absent",
        detail: `The optional package ${PACKAGE} is not installed; npm could not get it on this machine.`,
      };
    return isInstalled(folder)
      ? {
          state: "installed",
          detail: "The library is there. Runs with executor: tfjs use it where it finds a GPU.",
        }
      : { state: "absent", detail: "About 500 MB, fetched from storage.googleapis.com when you ask for it." };
  }

  async function install(onProgress: (line: string) => void = () => undefined): Promise<GpuLibrary> {
    if (running) throw new AppError("busy", "The library is being installed already.");
    const folder = packageFolder(root);
    if (!folder)
      throw new AppError(
        "unsupported",
        `${PACKAGE} is not installed. Run npm install on a machine that can reach the npm registry.`,
      );
    if (isInstalled(folder)) return state();
    const progress = (line: string) => {
      last = { state: "installing", detail: line };
      onProgress(line);
    };
    running = runInstallScript(folder, progress);
    try {
      last = await running;
    } finally {
      running = null;
    }
    return last;
  }

  return { state, install };
}

function packageFolder(root: string): string | null {
  try {
    return path.dirname(createRequire(path.join(root, "package.json")).resolve(`${PACKAGE}/package.json`));
  } catch {
    return null;
  }
}

function isInstalled(folder: string): boolean {
  const bindings = path.join(folder, "lib");
  return (
    existsSync(path.join(folder, "deps", "lib")) &&
    existsSync(bindings) &&
    readdirSync(bindings).some((name) => existsSync(path.join(bindings, name, "tfjs_binding.node")))
  );
}

function runInstallScript(folder: string, onProgress: (line: string) => void): Promise<GpuLibrary> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, "scripts", "install.js"), "gpu", "download"], {
      cwd: folder,
      env: process.env,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const line = lastLine(output);
      if (line) onProgress(line);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const failed = (reason: string) => resolve({ state: "failed", detail: reason.slice(0, LARGEST_DETAIL) });
    child.once("error", (error) => failed(`The install script could not be started: ${error.message}.`));
    child.once("close", (code) => {
      // The script may report an error and still leave with 0: what counts is whether the library is there.
      if (isInstalled(folder))
        resolve({
          state: "installed",
          detail: "The library is installed. Start a run with executor: tfjs to use it.",
        });
      else {
        failed(
          `The library could not be fetched (exit code ${code}). This needs network access to storage.googleapis.com. ` +
            `The script said: ${lastLine(output) ?? "nothing"}`,
        );
      }
    });
  });
}

function lastLine(output: string): string | null {
  const lines = output
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.findLast((line) => /error|fail|ENOTFOUND|ECONN/i.test(line)) ?? lines.at(-1) ?? null;
}
