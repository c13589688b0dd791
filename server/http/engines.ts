/** /api/engines: what can train here, and why the others cannot. */
import type { EngineId, EngineStatus } from "@/server/contract/api";
import type { Engine } from "@/server/engines/engine";
import { unknownStatus } from "@/server/engines/engine-status";
import type { Route } from "./router";

/** Looking at a Python environment takes a quarter of a minute; nobody waits for it longer than this. */
const PATIENCE_MS = 300;

export function engineRoutes(engines: ReadonlyMap<EngineId, Engine>): Route[] {
  return [
    {
      method: "GET",
      path: "/api/engines",
      handle: async ({ query }) => {
        const refresh = query.get("refresh") === "1";
        return { items: await Promise.all([...engines.values()].map((engine) => statusOf(engine, refresh))) };
      },
    },
  ];
}

/** What is known of an engine at once; where somebody has to look first, that, and the answer to the next question. */
async function statusOf(engine: Engine, refresh: boolean): Promise<EngineStatus> {
  const known = engine.known();
  if (known && !refresh) return known;
  const waited = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const found = await Promise.race([engine.detect({ refresh }), waited]);
  return found ?? { ...(known ?? unknownStatus(engine.id)), looking: true };
}
