"use client";
/**
 * A recharts chart as wide as its place. Recharts' own container measures after the page is painted and draws then; here
 * the width is known before, so that the curve comes with the first picture.
 */
import { type ComponentProps, useLayoutEffect, useRef, useState } from "react";
import { ComposedChart } from "recharts";

export interface SizedChartProps extends Omit<ComponentProps<typeof ComposedChart>, "width" | "height"> {
  height: number;
}

export function SizedChart({ height, ...chart }: SizedChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measured = place.current;
    if (!measured) return;
    setWidth(measured.clientWidth);
    const observer = new ResizeObserver(() => setWidth(measured.clientWidth));
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className="w-full min-w-0" style={{ height }}>
      {width > 0 && <ComposedChart {...chart} width={width} height={height} />}
    </div>
  );
}
