/** /api/models: parse, call the models service, reply. */
import { AppError } from "@/server/contract/errors";
import { addModelSchema } from "@/server/contract/model-folders";
import type { Models } from "@/server/models/models";
import { Reply, type ApiRequest, type Route } from "./router";

export function modelRoutes(models: Models): Route[] {
  return [
    {
      method: "GET",
      path: "/api/models",
      handle: async () => ({ items: await models.list(), adapters: await models.adapters() }),
    },
    {
      method: "POST",
      path: "/api/models",
      handle: async ({ body }) => new Reply(201, await models.link((await body(addModelSchema)).path)),
    },
    {
      method: "DELETE",
      path: "/api/models",
      handle: ({ query }) => models.remove(pathOf(query), { dry: query.get("dry") === "1" }),
    },
    {
      method: "GET",
      path: "/api/models/inspect",
      handle: ({ query }) => models.inspect(pathOf(query)),
    },
  ];
}

/** A folder may lie anywhere, so it is named by its path and not by a part of the address. */
function pathOf(query: ApiRequest["query"]): string {
  const typed = query.get("path")?.trim();
  if (!typed || typed.length > 4096) throw new AppError("invalid_request", "path: name the model's folder.");
  return typed;
}
