"use client";
/** Which rows of a long list are drawn: those in the window and some around them. Knows places, not runs. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef, useState } from "react";

/** Fewer rows than this are simply all drawn. */
const VIRTUAL_FROM = 80;
/** Rows drawn above and below those in sight: a turn of the wheel finds them there. */
const OVERSCAN = 12;

export interface RowsInSight<E extends HTMLElement> {
  /** For the element that holds the rows. */
  list: RefObject<E | null>;
  rows: readonly RowPlace[];
  /** Pixels of all rows together, for the element that holds them; undefined where it grows with them. */
  height: number | undefined;
  /** For rows that are not all as high as `rowPx`, with their place as `data-index`; undefined where none is placed. */
  measure: ((element: Element | null) => void) | undefined;
}

export interface RowPlace {
  index: number;
  /** Pixels below the list's top; undefined where each row follows the one before. */
  top: number | undefined;
}

/** The rows of a list that scrolls with the page. @param rowPx how high a row is, at least about */
export function useRowsInSight<E extends HTMLElement>(count: number, rowPx: number): RowsInSight<E> {
  const list = useRef<E>(null);
  const [listTop, setListTop] = useState(0);
  const isVirtual = count >= VIRTUAL_FROM;
  useEffect(() => {
    if (!isVirtual) return;
    // What stands above the list comes and goes. Asked when the page is laid out anyway: asking while it scrolls would
    // lay it out once more for each frame.
    const observer = new ResizeObserver(() => {
      if (list.current) setListTop(list.current.getBoundingClientRect().top + window.scrollY);
    });
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [isVirtual]);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin: listTop,
    enabled: isVirtual,
    // A frame is not held up for rows that are out of sight yet.
    useFlushSync: false,
  });
  return {
    list,
    rows: isVirtual
      ? virtual.getVirtualItems().map(({ index, start }) => ({ index, top: start - listTop }))
      : Array.from({ length: count }, (_, index) => ({ index, top: undefined })),
    height: isVirtual ? virtual.getTotalSize() : undefined,
    measure: isVirtual ? virtual.measureElement : undefined,
  };
}
