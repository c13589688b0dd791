"use client";
/** Tabs over one panel. */
import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export interface TabsProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  tabs: readonly { value: T; label: ReactNode; count?: number }[];
  "aria-label": string;
  /** What stands at the right end of the row of tabs. */
  end?: ReactNode;
  className?: string;
  listClassName?: string;
  /** The panel of the tab that is on. */
  children: ReactNode;
}

export function Tabs<T extends string>(props: TabsProps<T>) {
  const { value, onChange, tabs, end, className, listClassName = "", children } = props;
  return (
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as T)} className={className}>
      <div className={`tabs ${listClassName}`}>
        <Primitive.List className="contents" aria-label={props["aria-label"]}>
          {tabs.map((tab) => (
            <Primitive.Trigger key={tab.value} value={tab.value}>
              {tab.label}
              {tab.count !== undefined && <small> {tab.count}</small>}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {end && <span className="ml-auto flex items-center">{end}</span>}
      </div>
      <Primitive.Content value={value} className="contents">
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}
