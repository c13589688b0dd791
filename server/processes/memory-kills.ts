/** How often the system has killed a process for memory since it started; tells such an end from a kill by hand. */
import { readFileSync } from "node:fs";

/** The kernel's own count, or null where the system keeps none. */
export function memoryKills(): number | null {
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}
