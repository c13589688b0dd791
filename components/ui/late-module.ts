/**
 * A part of the program that comes after the page that needs it: what a first look does not show, or what only a person's
 * hand sets going. It does not know when; `atFirstTouch` is often the moment.
 */
import { useSyncExternalStore } from "react";

export interface LateModule<M> {
  /** Fetches it, once. */
  load: () => Promise<M>;
  /** The same where nobody waits for it: a failure comes up where the module is used. */
  begin: () => void;
  /** The module; null until it is there. @throws what kept it from coming */
  useLoaded: () => M | null;
  /** The same for what the page does well without: null also where it cannot come. */
  useIfThere: () => M | null;
}

/** @param fetchModule `() => import("…")` */
export function lateModule<M>(fetchModule: () => Promise<M>): LateModule<M> {
  let loaded: M | null = null;
  let failure: { error: unknown } | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  async function load(): Promise<M> {
    try {
      loaded ??= await fetchModule();
      failure = null;
      return loaded;
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      for (const listener of listeners) listener();
    }
  }

  const useIfThere = () =>
    useSyncExternalStore(
      subscribe,
      () => loaded,
      () => null,
    );

  return {
    load,
    begin: () => void load().catch(() => undefined),
    useIfThere,
    useLoaded() {
      const failed = useSyncExternalStore(
        subscribe,
        () => failure,
        () => null,
      );
      const module = useIfThere();
      if (failed && !module) throw failed.error;
      return module;
    },
  };
}
