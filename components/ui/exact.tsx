/** A number as people read it, with the exact one on hover. */
import type { ReactNode } from "react";

export interface ExactProps {
  value: number | string;
  children: ReactNode;
  className?: string;
}

export function Exact({ value, children, className }: ExactProps) {
  return (
    <span title={String(value)} className={className}>
      {children}
    </span>
  );
}
