"use client";
/** Fetches what a run's page needs: its programs while the list is idle, the run while a pointer rests on a link to it. */
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FocusEvent, type PointerEvent, useEffect, useRef } from "react";
import { runQuery } from "@/components/api/queries";
import { liveClientFor } from "@/components/live/live-client";

/** A pointer on its way to somewhere else rests on nothing for so long. */
const REST_MS = 60;
/** What was fetched on the way is as good as fetched by the page itself; so long its curve is kept fresh, too. */
const FRESH_MS = 5_000;
/** A page that has been quiet for so long has loaded what it needs itself. */
const IDLE_MS = 1_000;

/** The programs of a run's page; what cannot be had now, the page asks for again. */
function loadPage(): void {
  for (const load of [import("./run-page"), import("@/components/charts/run-charts")])
    load.catch(() => undefined);
}

interface RunPrefetch {
  onPointerOver: (event: PointerEvent) => void;
  onPointerLeave: () => void;
  onFocus: (event: FocusEvent) => void;
}

/** Handlers for an element that holds links to runs (`/runs/<id>`), however many. */
export function useRunPrefetch(): RunPrefetch {
  const router = useRouter();
  const queries = useQueryClient();
  const rest = useRef<{ link: Element; timer: ReturnType<typeof setTimeout> } | null>(null);

  useEffect(() => {
    const timer = setTimeout(loadPage, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);

  function leave() {
    clearTimeout(rest.current?.timer);
    rest.current = null;
  }

  function comeOver({ target }: { target: EventTarget }) {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/runs/"]') : null;
    if (link && link === rest.current?.link) return;
    leave();
    if (!link) return;
    const { pathname } = link;
    const timer = setTimeout(() => {
      const id = decodeURIComponent(pathname.slice("/runs/".length));
      router.prefetch(pathname);
      void queries.prefetchQuery({ ...runQuery(id), staleTime: FRESH_MS });
      setTimeout(liveClientFor(queries).watchRun(id), FRESH_MS);
      loadPage();
    }, REST_MS);
    rest.current = { link, timer };
  }

  return { onPointerOver: comeOver, onPointerLeave: leave, onFocus: comeOver };
}
