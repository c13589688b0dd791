"use client";
/** Keeps a scrolling box at its end while content grows, until the reader scrolls up, or shows a part of it. */
import { type RefObject, useEffect, useRef } from "react";

/** Nearer to the end than this counts as being there. */
const END_PX = 80;
/** The heads of panes stay at the top. */
const HEAD_PX = 56;

/** Scrolls `box` down or up, never sideways, until the first of its parts that `selector` names is in sight under its head. */
export function useInSight(
  box: RefObject<HTMLElement | null>,
  { selector, of }: { selector: string; of: string | null },
) {
  useEffect(() => {
    const part = of === null ? null : box.current?.querySelector<HTMLElement>(selector);
    if (!box.current || !part) return;
    const frame = box.current.getBoundingClientRect();
    const { top, bottom } = part.getBoundingClientRect();
    const above = top - (frame.top + HEAD_PX);
    const below = bottom - frame.bottom;
    if (above < 0 || below > 0) box.current.scrollBy({ top: above < 0 ? above : Math.min(above, below) });
  }, [box, selector, of]);
}

/** Scrolls `box` to its end whenever `content` changes, unless the reader has left the end. */
export function useStickyEnd(box: RefObject<HTMLElement | null>, content: unknown) {
  const sticks = useRef(true);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    function onScroll() {
      sticks.current = element!.scrollHeight - element!.scrollTop - element!.clientHeight < END_PX;
    }
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [box]);

  useEffect(() => {
    const element = box.current;
    if (sticks.current && element) element.scrollTo({ top: element.scrollHeight });
  }, [box, content]);
}
