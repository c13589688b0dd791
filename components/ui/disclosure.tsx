"use client";
/** A line that opens what lies under it. */
import { Collapsible } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon";

export interface DisclosureProps {
  title: ReactNode;
  summary?: ReactNode;
  /** Something in it differs from what is usual. */
  marked?: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

export function Disclosure({
  title,
  summary,
  marked = false,
  open,
  onOpenChange,
  className = "",
  children,
}: DisclosureProps) {
  return (
    <Collapsible.Root open={open} onOpenChange={onOpenChange} className={`disclosure ${className}`}>
      <Collapsible.Trigger>
        <Icon name="right" className={open ? "rotate-90" : ""} />
        <span className="nowrap">{title}</span>
        {marked && <span className="changed" aria-hidden="true" />}
        {summary && <span className="clip">{summary}</span>}
      </Collapsible.Trigger>
      <Collapsible.Content>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
