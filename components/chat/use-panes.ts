"use client";
/** Which targets stand side by side: one to four, in the address as left, right, third and fourth. */
import { useCallback, useMemo } from "react";
import { useSearchState } from "@/components/live/use-search-state";
import type { ChatTarget } from "@/server/contract/chat";
import { PANE_NAMES } from "./chat-link";

export const MAX_PANES = PANE_NAMES.length;

/** The targets in the address; where it names none, the newest run beside its base, or a base alone, or who there is. */
export function choosePanes(fromAddress: readonly string[], targets: readonly ChatTarget[]): string[] {
  if (fromAddress.length > 0) return [...new Set(fromAddress)];
  const newest = targets.find((target) => target.kind === "run");
  const base =
    targets.find((target) => target.id === newest?.base_id) ??
    targets.find((target) => target.kind === "base") ??
    (newest ? undefined : targets[0]);
  return [base, newest].flatMap((target) => (target ? [target.id] : []));
}

/** The panes' target ids, a function that replaces them, and whether the address names any. */
export function usePanes(
  targets: readonly ChatTarget[],
): [readonly string[], (panes: readonly string[]) => void, boolean] {
  const [search, setSearch] = useSearchState();
  const named = PANE_NAMES.map((key) => search.get(key)).filter(
    (id): id is string => id !== undefined && id !== "",
  );
  const key = named.join("\n");
  const panes = useMemo(() => choosePanes(key === "" ? [] : key.split("\n"), targets), [key, targets]);
  const setPanes = useCallback(
    (next: readonly string[]) =>
      setSearch(Object.fromEntries(PANE_NAMES.map((name, index) => [name, next[index] ?? null]))),
    [setSearch],
  );
  return [panes, setPanes, named.length > 0];
}

/** The pane that the others are compared with: the first base, else the first pane. */
export function referencePane(panes: readonly string[], targets: readonly ChatTarget[]): string | undefined {
  const kinds = new Map(targets.map((target) => [target.id, target.kind]));
  return panes.find((id) => kinds.get(id) === "base") ?? panes[0];
}
