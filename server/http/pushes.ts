/** /api/pushes: parse, call, reply. */
import { planPushSchema, startPushSchema } from "@/server/contract/hub-push";
import type { Pushes } from "@/server/hub/pushes";
import { Reply, type Route } from "./router";

export function pushRoutes(pushes: Pushes): Route[] {
  return [
    { method: "GET", path: "/api/pushes", handle: () => ({ items: pushes.list() }) },
    {
      method: "POST",
      path: "/api/pushes/plan",
      handle: async ({ body }) => pushes.plan(await body(planPushSchema)),
    },
    {
      method: "POST",
      path: "/api/pushes",
      handle: async ({ body }) => new Reply(201, await pushes.start(await body(startPushSchema))),
    },
    {
      method: "POST",
      path: "/api/pushes/:id/cancel",
      handle: async ({ params }) => new Reply(202, await pushes.cancel(params.id!)),
    },
    {
      method: "DELETE",
      path: "/api/pushes/:id",
      handle: ({ params }) => {
        pushes.forget(params.id!);
        return {};
      },
    },
  ];
}
