"use client";
/** Hands a plot's frame to what is drawn in it. */
import { createContext, use } from "react";
import type { PlotFrame } from "./plot-frame";

export interface DrawnFrame extends PlotFrame {
  /** The value of `clip-path` for what must not leave the plot's area. */
  clip: string;
}

export const FrameContext = createContext<DrawnFrame | null>(null);

/** The frame of the plot around. */
export function usePlotFrame(): DrawnFrame {
  const frame = use(FrameContext);
  if (!frame) throw new Error("usePlotFrame outside of a Plot");
  return frame;
}
