/** /api/runs: parse, call the runs service, reply. */
import { z } from "zod";
import { checkRunSchema, createRunSchema, type Forecast } from "@/server/contract/api";
import type { Runs } from "@/server/runs/runs";
import { queryInt, Reply, type Route } from "./router";

const renameSchema = z.object({
  name: z.string().trim().min(1, "A run needs a name.").max(100, "At most 100 characters."),
});

export function runRoutes(
  runs: Runs,
  forecast: (request: z.infer<typeof checkRunSchema>) => Promise<Forecast>,
): Route[] {
  return [
    { method: "GET", path: "/api/runs", handle: () => ({ items: runs.list() }) },
    {
      method: "POST",
      path: "/api/runs",
      handle: async ({ body }) => new Reply(201, { id: await runs.create(await body(createRunSchema)) }),
    },
    {
      method: "POST",
      path: "/api/runs/check",
      handle: async ({ body }) => forecast(await body(checkRunSchema)),
    },
    { method: "GET", path: "/api/runs/:id", handle: ({ params }) => runs.detail(params.id!) },
    {
      method: "PATCH",
      path: "/api/runs/:id",
      handle: async ({ params, body }) => runs.rename(params.id!, (await body(renameSchema)).name),
    },
    {
      method: "GET",
      path: "/api/runs/:id/metrics",
      handle: ({ params, query }) => {
        const chunk = runs.metricsFrom(params.id!, Math.max(0, queryInt(query, "offset", 0)));
        return { items: chunk.points, offset: chunk.to, reset: chunk.reset };
      },
    },
    {
      method: "GET",
      path: "/api/runs/:id/log",
      handle: ({ params, query }) => {
        const { text, from, to } = runs.logFrom(params.id!, queryInt(query, "offset", -1));
        return { text, from, to };
      },
    },
    {
      method: "POST",
      path: "/api/runs/:id/stop",
      handle: ({ params }) => new Reply(202, { status: runs.stop(params.id!) }),
    },
    {
      method: "POST",
      path: "/api/runs/:id/resume",
      handle: async ({ params }) => new Reply(202, { status: await runs.resume(params.id!) }),
    },
    {
      method: "DELETE",
      path: "/api/runs/:id",
      handle: async ({ params, query }) => ({
        removed: query.get("dry") === "1" ? runs.removalOf(params.id!) : await runs.remove(params.id!),
      }),
    },
  ];
}
