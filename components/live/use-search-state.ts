"use client";
/**
 * State in the address: read from the query string, written without a page load or a history entry. What is remembered
 * under `storageKey` stands in for keys that the address leaves out.
 */
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";

type Change = Readonly<Record<string, string | null>>;

const NOTHING: ReadonlyMap<string, string> = new Map();

/** The query string as a map, and a function that sets (or with null removes) keys and may remember some. */
export function useSearchState(
  storageKey: string | null = null,
): [ReadonlyMap<string, string>, (change: Change, remember?: Change) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const stored = useSyncExternalStore(
    subscribeToStorage,
    () => (storageKey ? localStorage.getItem(storageKey) : null),
    () => null,
  );

  const state = useMemo(() => new Map([...parseStored(stored), ...params.entries()]), [stored, params]);

  const set = useCallback(
    (change: Change, remember?: Change) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(change)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      if (storageKey && remember) remembered(storageKey, remember);
      const query = next.toString();
      window.history.replaceState(null, "", query ? `${pathname}?${query}` : pathname);
    },
    [pathname, storageKey],
  );
  return [state, set];
}

function parseStored(stored: string | null): ReadonlyMap<string, string> {
  if (!stored) return NOTHING;
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== "object" || value === null) return NOTHING;
    return new Map(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return NOTHING;
  }
}

const listeners = new Set<() => void>();

function subscribeToStorage(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function remembered(storageKey: string, values: Change) {
  const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  localStorage.setItem(storageKey, JSON.stringify(kept));
  for (const listener of listeners) listener();
}
