/** A colour for each pane: grey for bases, a run's own for the run, the next free one for its checkpoints. */
import { runColours } from "@/components/charts/run-colours";
import type { ChatTarget } from "@/server/contract/chat";

const BASE_COLOUR = "var(--s6)";

/** Colours by target id. */
export function paneColours(panes: readonly (ChatTarget | null)[]): ReadonlyMap<string, string> {
  const tuned = panes.filter((target): target is ChatTarget => target !== null && target.kind !== "base");
  const seen = new Set<string>();
  const keys = tuned.map((target) => {
    const key = target.run_id !== null && !seen.has(target.run_id) ? target.run_id : target.id;
    seen.add(key);
    return key;
  });
  const colours = runColours(keys);
  const byTarget = new Map(tuned.map((target, index) => [target.id, colours.get(keys[index]!)!]));
  for (const target of panes) if (target?.kind === "base") byTarget.set(target.id, BASE_COLOUR);
  return byTarget;
}
