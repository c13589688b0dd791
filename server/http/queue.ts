/** /api/queue and /api/sweeps: parse, call the runs service, reply. */
import { updateQueueSchema } from "@/server/contract/queue";
import { createSweepSchema } from "@/server/contract/sweep";
import type { Runs } from "@/server/runs/runs";
import { Reply, type Route } from "./router";

export function queueRoutes(runs: Runs): Route[] {
  return [
    { method: "GET", path: "/api/queue", handle: () => runs.queueStatus() },
    {
      method: "PATCH",
      path: "/api/queue",
      handle: async ({ body }) => runs.changeQueue(await body(updateQueueSchema)),
    },
    {
      method: "POST",
      path: "/api/sweeps",
      handle: async ({ body, query }) => {
        const request = await body(createSweepSchema);
        return query.get("dry") === "1"
          ? { runs: runs.planSweep(request) }
          : new Reply(201, await runs.createSweep(request));
      },
    },
  ];
}
