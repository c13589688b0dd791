/** /api/exports: parse, call, reply. */
import { createExportSchema } from "@/server/contract/model-export";
import type { Exports } from "@/server/exports/exports";
import { Reply, type Route } from "./router";

export function exportRoutes(exports: Exports): Route[] {
  return [
    { method: "GET", path: "/api/exports", handle: () => ({ items: exports.list() }) },
    {
      method: "POST",
      path: "/api/exports",
      handle: async ({ body }) =>
        new Reply(201, { id: await exports.create(await body(createExportSchema)) }),
    },
    {
      method: "POST",
      path: "/api/exports/:id/cancel",
      handle: ({ params }) => {
        exports.cancel(params.id!);
        return new Reply(202, {});
      },
    },
    {
      method: "DELETE",
      path: "/api/exports/:id",
      handle: ({ params }) => {
        exports.forget(params.id!);
        return {};
      },
    },
  ];
}
