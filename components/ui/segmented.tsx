"use client";
/** A few values side by side, one of them on. Arrow keys move. */
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

export interface SegmentedOption<T extends string> {
  value: T;
  label: ReactNode;
  disabled?: boolean;
  /** Why it is disabled, on hover. */
  title?: string;
}

export interface SegmentedProps<T extends string> {
  value: T;
  options: readonly SegmentedOption<T>[];
  onChange: (value: T) => void;
  "aria-label": string;
  small?: boolean;
  className?: string;
}

export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { value, options, onChange, small = false, className = "" } = props;
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(next) => {
        if (next) onChange(next as T);
      }}
      className={`seg ${small ? "seg--sm" : ""} ${className}`}
      aria-label={props["aria-label"]}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          title={option.title}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
