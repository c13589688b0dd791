/**
 * Starts a program that outlives the console: in a process group of its own, its output going to a file. It does not
 * follow, stop or name what it starts.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";

export interface DetachedProgram {
  readonly file: string;
  readonly args: readonly string[];
  /** Added to the console's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * @param output an open file that takes what the program says, stdout and stderr; closed here
 * @returns the running program; the console may end before it
 * @throws the system's error where it cannot be started
 */
export async function startDetached(
  { file, args, env, cwd }: DetachedProgram,
  output: number,
): Promise<ChildProcess> {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    windowsHide: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.unref();
  return child;
}
