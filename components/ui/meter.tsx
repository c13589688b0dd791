/** How far, or how much of the whole: one bar of one or more parts. Shares lie between 0 and 1. */
import type { CSSProperties } from "react";

export interface MeterPart {
  share: number;
  kind?: "accent" | "used";
  /** A CSS colour, where the parts are told apart by more than that. */
  colour?: string;
}

export interface MeterProps {
  parts: readonly MeterPart[];
  label: string;
  large?: boolean;
  className?: string;
}

export function Meter({ parts, label, large = false, className = "" }: MeterProps) {
  return (
    <span className={`meter ${large ? "meter--l" : ""} ${className}`} role="img" aria-label={label}>
      {parts.map((part, index) => (
        <i
          key={index}
          className={part.kind === "used" ? "used" : undefined}
          style={{ ...widthOf(part.share), ...(part.colour && { background: part.colour }) }}
        />
      ))}
    </span>
  );
}

export interface ProgressProps {
  value: number;
  max: number;
  label: string;
  className?: string;
}

export function Progress({ value, max, label, className = "" }: ProgressProps) {
  return (
    <span
      className={`meter ${className}`}
      role="progressbar"
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-label={label}
    >
      <i style={widthOf(max > 0 ? value / max : 0)} />
    </span>
  );
}

function widthOf(share: number): CSSProperties {
  // Something is never nothing: a sliver stays visible.
  return { minWidth: share > 0 ? 2 : 0, width: `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%` };
}
