/**
 * Signals a process that was started in a group of its own, together with everything that it has started since, and
 * tells when nothing of it is left. A group's number belongs to its first process for as long as any member lives.
 */
import { execFile, execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { processIdentity, type ProcessRef } from "./process-identity";

/** A group that is gone already is left alone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    // Windows has no signals: /T takes the children along, /F is its SIGKILL.
    const force = signal === "SIGKILL" ? ["/F"] : [];
    execFile("taskkill", ["/pid", String(pid), "/T", ...force], () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Whether any process of the group runs: the first one, or what it started and left behind. */
export function isGroupAlive(ref: ProcessRef): boolean {
  const identity = processIdentity(ref.pid);
  if (identity !== null) return identity === ref.identity;
  return groupMembers(ref.pid).length > 0;
}

/** Numbers of the living processes of a group; processes that only wait to be reaped do not count. Windows has no groups. */
export function groupMembers(group: number): number[] {
  if (process.platform === "win32") return [];
  return process.platform === "linux" ? linuxMembers(group) : posixMembers(group);
}

function linuxMembers(group: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, , pgrp] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return Number(pgrp) === group && state !== "Z" && state !== "X";
      } catch {
        return false;
      }
    });
}

function posixMembers(group: number): number[] {
  try {
    return execFileSync("ps", ["-A", "-o", "pid=,pgid=,stat="], { encoding: "utf8" })
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, pgid, state]) => Number(pgid) === group && !state?.startsWith("Z"))
      .map(([pid]) => Number(pid));
  } catch {
    return [];
  }
}
