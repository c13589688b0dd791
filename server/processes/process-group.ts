/** Signals a process that was started in a group of its own, together with everything that it has started since. */
import { execFile } from "node:child_process";

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
