"use client";
/** What a select is given, and what its button shows. */
import type { FieldIds } from "./field";
import { Icon } from "./icon";

export interface SelectOption {
  value: string;
  label: string;
  /** A word at the right of the option, in the list only. */
  note?: string;
  disabled?: boolean;
}

export interface SelectProps extends Partial<FieldIds> {
  value: string;
  options: readonly SelectOption[];
  onChange: (value: string) => void;
  "aria-label"?: string;
  className?: string;
  disabled?: boolean;
}

export function SelectFace({ value, options }: Pick<SelectProps, "value" | "options">) {
  return (
    <>
      <span className="clip">{options.find((option) => option.value === value)?.label ?? value}</span>
      <Icon name="down" />
    </>
  );
}
