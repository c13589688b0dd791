/** One line that says how something stands: fine, a warning, an error. */
import type { ReactNode } from "react";
import { Icon } from "./icon";

export interface MessageProps {
  kind: "ok" | "warn" | "bad";
  children: ReactNode;
  className?: string;
}

const ICON = { ok: "check", warn: "warning", bad: "error" } as const;

export function Message({ kind, children, className = "" }: MessageProps) {
  return (
    <p className={`msg msg--${kind} ${className}`} role={kind === "bad" ? "alert" : undefined}>
      <Icon name={ICON[kind]} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}
