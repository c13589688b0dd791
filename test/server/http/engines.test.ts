/** /api/engines: what is known at once, and a look that takes long keeps nobody waiting. */
import { expect, it } from "vitest";
import type { EngineStatus } from "@/server/contract/api";
import type { Engine } from "@/server/engines/engine";
import { engineRoutes } from "@/server/http/engines";
import { scriptedEngine } from "../console/test-console";

const found: EngineStatus = {
  id: "llamafactory",
  name: "LLaMA-Factory",
  available: true,
  version: "0.9.5",
  devices: ["CPU, 2 threads"],
  reason: null,
  facts: [],
  troubles: [],
  program: "/v/bin/llamafactory-cli",
  checked_at: "2026-11-24T10:00:00.000Z",
};

function ask(engine: Engine, query = ""): Promise<{ items: EngineStatus[] }> {
  const [route] = engineRoutes(new Map([[engine.id, engine]]));
  const request = { query: new URLSearchParams(query) } as Parameters<NonNullable<typeof route>["handle"]>[0];
  return route!.handle(request) as Promise<{ items: EngineStatus[] }>;
}

it("says that it is being looked at, until somebody has seen it", async () => {
  let known: EngineStatus | null = null;
  let looks = 0;
  const engine: Engine = {
    ...scriptedEngine("/nowhere"),
    id: "llamafactory",
    known: () => known,
    detect: () => {
      looks++;
      return new Promise((resolve) => setTimeout(resolve, 1200, found));
    },
  };
  const asked = performance.now();
  expect((await ask(engine)).items[0]).toMatchObject({ id: "llamafactory", available: false, looking: true });
  expect(performance.now() - asked).toBeLessThan(1100);
  known = found;
  expect((await ask(engine)).items).toEqual([found]);
  expect(looks).toBe(1);
  // Looking again shows what was known, and that it may be out of date.
  expect((await ask(engine, "refresh=1")).items[0]).toEqual({ ...found, looking: true });
  expect(looks).toBe(2);
});
