/** /api/models: parse, call the models service, reply. */
import { AppError } from "@/server/contract/errors";
import type { Models } from "@/server/models/models";
import type { Route } from "./router";

export function modelRoutes(models: Models): Route[] {
  return [
    { method: "GET", path: "/api/models", handle: async () => ({ items: await models.list() }) },
    {
      method: "GET",
      path: "/api/models/inspect",
      handle: ({ query }) => {
        const typed = query.get("path")?.trim();
        if (!typed || typed.length > 4096)
          throw new AppError("invalid_request", "path: name the model's folder.");
        return models.inspect(typed);
      },
    },
  ];
}
