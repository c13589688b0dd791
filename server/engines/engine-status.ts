/** What is said of an engine before anybody has looked, and what is known of it now. */
import type { EngineId, EngineStatus } from "@/server/contract/api";
import type { Engine } from "./engine";

const NAMES: Readonly<Record<EngineId, string>> = { embedded: "Embedded", llamafactory: "LLaMA-Factory" };

/** An engine of which nothing is known but its name. */
export function unknownStatus(id: EngineId): EngineStatus {
  return {
    id,
    name: NAMES[id],
    available: false,
    version: null,
    devices: [],
    reason: null,
    facts: [],
    troubles: [],
    program: null,
    checked_at: null,
  };
}

/** What is known of an engine; where that is nothing, somebody goes and looks. */
export function statusNow(engine: Engine): EngineStatus | null {
  const known = engine.known();
  if (known === null) void engine.detect();
  return known;
}

/** How many graphics cards an engine sees; its devices are the processor where it sees none. */
export function cardsOf(status: Pick<EngineStatus, "devices"> | null): number {
  return (status?.devices ?? []).filter((device) => !/^cpu\b/i.test(device)).length;
}
