/** /api/hub and /api/downloads: parse, call the hub service, reply. */
import {
  downloadHubSchema,
  hubIdSchema,
  hubKindSchema,
  revisionSchema,
  startDownloadSchema,
  updateHubSchema,
} from "@/server/contract/hub";
import { z } from "zod";
import type { Hub } from "@/server/hub/hub";
import { searchKnownModels } from "@/server/models/known-models";
import { parseRequest, Reply, type Route } from "./router";

const previewSchema = z.object({
  kind: hubKindSchema,
  id: hubIdSchema,
  hub: downloadHubSchema.optional(),
  revision: revisionSchema.optional(),
});

export function hubRoutes(hub: Hub): Route[] {
  return [
    { method: "GET", path: "/api/hub", handle: () => hub.settings() },
    {
      method: "PUT",
      path: "/api/hub",
      handle: async ({ body }) => hub.update(await body(updateHubSchema)),
    },
    {
      method: "GET",
      path: "/api/hub/known",
      handle: ({ query }) => ({ items: searchKnownModels(query.get("text") ?? "") }),
    },
    {
      method: "GET",
      path: "/api/hub/preview",
      handle: ({ query }) => hub.preview(parseRequest(previewSchema, Object.fromEntries(query))),
    },
    { method: "GET", path: "/api/downloads", handle: () => ({ items: hub.list() }) },
    {
      method: "POST",
      path: "/api/downloads",
      handle: async ({ body }) => new Reply(201, await hub.start(await body(startDownloadSchema))),
    },
    {
      method: "POST",
      path: "/api/downloads/:id/pause",
      handle: async ({ params }) => new Reply(202, await hub.pause(params.id!)),
    },
    {
      method: "POST",
      path: "/api/downloads/:id/resume",
      handle: ({ params }) => new Reply(202, hub.resume(params.id!)),
    },
    { method: "DELETE", path: "/api/downloads/:id", handle: ({ params }) => hub.cancel(params.id!) },
  ];
}
