/** /api/machine and the socket's machine status: processor, memory, disk, graphics cards of this computer. */
import os from "node:os";
import type { MachineStatus } from "@/server/contract/events";
import { freeBytes } from "@/server/disk/disk-space";
import type { Route } from "./router";

const GPU_EVERY_MS = 10_000;

/** @returns a function that measures now; the load is since its last call */
export function machineMeter(home: string): () => Promise<MachineStatus> {
  let lastTimes = cpuTimes();
  let load = 0;
  let gpus: MachineStatus["gpus"] = [];
  let gpusAsked = -Infinity;

  /** Asking for cards starts other programs; where there were none at first there will be none later. */
  async function askGpus(): Promise<void> {
    if (performance.now() - gpusAsked < GPU_EVERY_MS || (gpusAsked > -Infinity && gpus.length === 0)) return;
    gpusAsked = performance.now();
    const { graphics } = await import("systeminformation");
    const { controllers } = await graphics();
    gpus = controllers
      .filter((card) => typeof card.memoryTotal === "number")
      .map((card) => ({
        name: card.name ?? card.model,
        memory_used_bytes: typeof card.memoryUsed === "number" ? card.memoryUsed * 1024 * 1024 : null,
        memory_total_bytes: card.memoryTotal! * 1024 * 1024,
      }));
  }

  return async () => {
    const times = cpuTimes();
    const total = times.total - lastTimes.total;
    if (total > 0) load = 1 - (times.idle - lastTimes.idle) / total;
    lastTimes = times;
    // Not awaited: the first answer must not wait for a card's driver.
    void askGpus().catch(() => undefined);
    // A container's limit where there is one; 0 and absurdly large values mean none.
    const limit = process.constrainedMemory();
    const memory = limit > 0 && limit < os.totalmem() ? limit : os.totalmem();
    return {
      cpu_threads: os.availableParallelism(),
      cpu_load: Math.min(1, Math.max(0, load)),
      memory_used_bytes: memory - Math.min(memory, process.availableMemory()),
      memory_total_bytes: memory,
      disk_free_bytes: await freeBytes(home),
      gpus,
    };
  };
}

export function machineRoutes(machine: () => Promise<MachineStatus>): Route[] {
  return [{ method: "GET", path: "/api/machine", handle: machine }];
}

function cpuTimes(): { idle: number; total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, total };
}
