"use client";
/** Where the cursor of one or several charts stands. Kept beside React's state: only what draws it renders when it moves. */
import { useState, useSyncExternalStore } from "react";

export interface PlotCursor {
  /** The value of the x axis under the cursor; null where there is none. */
  get: () => number | null;
  set: (x: number | null) => void;
  subscribe: (listener: () => void) => () => void;
}

function createCursor(): PlotCursor {
  let at: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => at,
    set(x) {
      if (x === at) return;
      at = x;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A cursor for the charts below; charts that are given the same one move it together. */
export function usePlotCursor(): PlotCursor {
  return useState(createCursor)[0];
}

/** Where it stands now. */
export function useCursorX(cursor: PlotCursor): number | null {
  return useSyncExternalStore(cursor.subscribe, cursor.get, () => null);
}
