/** /api/engines: what can train here, and why the others cannot. */
import type { EngineId } from "@/server/contract/api";
import type { Engine } from "@/server/engines/engine";
import type { Route } from "./router";

export function engineRoutes(engines: ReadonlyMap<EngineId, Engine>): Route[] {
  return [
    {
      method: "GET",
      path: "/api/engines",
      handle: async ({ query }) => {
        const refresh = query.get("refresh") === "1";
        return {
          items: await Promise.all([...engines.values()].map((engine) => engine.detect({ refresh }))),
        };
      },
    },
  ];
}
