/**
 * Tells whether a process that was started earlier is still that process: its number alone is reused after a while, so
 * the system's start time goes with it. Works where /proc is, and through `ps` or PowerShell elsewhere.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";

export const processRefSchema = z.object({
  pid: z.number().int().positive(),
  /** The system's own note of when this process started. */
  identity: z.string(),
});
export type ProcessRef = z.infer<typeof processRefSchema>;

/** A text that no later process with this number will have, or null where there is no such (living) process. */
export function processIdentity(pid: number): string | null {
  try {
    if (process.platform === "linux") return linuxIdentity(pid);
    if (process.platform === "win32") return windowsIdentity(pid);
    const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return started.trim() || null;
  } catch {
    return null;
  }
}

/** Whether the process that `ref` named still runs. */
export function isAlive(ref: ProcessRef): boolean {
  return processIdentity(ref.pid) === ref.identity;
}

function linuxIdentity(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The program's name stands in brackets and may hold anything, spaces and brackets included: read after the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0];
  if (state === "Z" || state === "X") return null;
  const startTicks = fields[19];
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  return `${boot}-${startTicks}`;
}

function windowsIdentity(pid: number): string | null {
  const script = `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`;
  const text = execFileSync("powershell.exe", ["-NoProfile", "-Command", script], {
    encoding: "utf8",
    windowsHide: true,
  });
  return text.trim() || null;
}
