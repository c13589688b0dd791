"use client";
/** How series and cursors look, the same in every chart. Constants, so that recharts sees no change in them. */
import { Curve, type CurveProps } from "recharts";

export const CURSOR = { stroke: "var(--fg-2)", strokeDasharray: "3 3" };
export const ACTIVE_DOT = { r: 4, fill: "var(--s1)", stroke: "var(--bg)", strokeWidth: 1 };
export const SMALL_ACTIVE_DOT = { ...ACTIVE_DOT, r: 3 };

/** Without its ref recharts cannot measure the line's length, which it does at every render and only animations need. */
function StillCurve({ pathRef: _pathRef, ...props }: CurveProps) {
  return <Curve {...props} />;
}

export const LINE = {
  type: "linear",
  dot: false,
  connectNulls: true,
  isAnimationActive: false,
  shape: StillCurve,
} as const;
