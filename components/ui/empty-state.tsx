/** What a list says while it has nothing: why, and the way to the first thing. */
import type { ReactNode } from "react";

export interface EmptyStateProps {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-2 border-t border-line py-6">
      <h2>{title}</h2>
      {children && <p className="muted max-w-[60ch]">{children}</p>}
      {action && <div className="pt-1">{action}</div>}
    </div>
  );
}
