/** /api/runs: parse, call the runs service, reply. */
import type { z } from "zod";
import { checkRunSchema, createRunSchema, type Forecast } from "@/server/contract/api";
import {
  continueRunSchema,
  describeRunSchema,
  importRunSchema,
  stopRunSchema,
} from "@/server/contract/run-changes";
import type { Runs } from "@/server/runs/runs";
import { queryInt, Reply, type Route } from "./router";

/** More points than this nobody can see in a chart. */
const MOST_POINTS = 20_000;

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
    {
      method: "POST",
      path: "/api/runs/import",
      handle: async ({ body }) => {
        const request = await body(importRunSchema);
        return request.dry ? runs.previewImport(request) : new Reply(201, { id: await runs.import(request) });
      },
    },
    { method: "GET", path: "/api/runs/:id", handle: ({ params }) => runs.detail(params.id!) },
    {
      method: "PATCH",
      path: "/api/runs/:id",
      handle: async ({ params, body }) => runs.describe(params.id!, await body(describeRunSchema)),
    },
    {
      method: "GET",
      path: "/api/runs/:id/metrics",
      handle: ({ params, query }) => {
        const offset = Math.max(0, queryInt(query, "offset", 0));
        const points = Math.min(MOST_POINTS, queryInt(query, "points", 0));
        const range = query.has("from_step")
          ? { from: queryInt(query, "from_step", 0), to: queryInt(query, "to_step", Number.MAX_SAFE_INTEGER) }
          : undefined;
        const chunk =
          points > 0 && offset === 0
            ? runs.metricsThinned(params.id!, points, range)
            : runs.metricsFrom(params.id!, offset);
        return { items: chunk.points, offset: chunk.to, reset: chunk.reset, thinned: chunk.thinned ?? 0 };
      },
    },
    {
      method: "GET",
      path: "/api/runs/:id/samples",
      handle: ({ params }) => ({ items: runs.samples(params.id!) }),
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
      handle: async ({ params, body, raw }) => {
        // A stop without wishes may come without a body.
        const wishes = raw.headers["content-type"] === undefined ? {} : await body(stopRunSchema);
        return new Reply(202, { status: runs.stop(params.id!, wishes) });
      },
    },
    {
      method: "POST",
      path: "/api/runs/:id/start",
      handle: async ({ params }) => new Reply(202, { status: await runs.startNow(params.id!) }),
    },
    {
      method: "POST",
      path: "/api/runs/:id/continue",
      handle: async ({ params, body }) =>
        new Reply(201, { id: await runs.continue(params.id!, await body(continueRunSchema)) }),
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
