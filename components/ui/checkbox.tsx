"use client";
/** Yes or no, with its label beside it. `mixed` is for "some of them". */
import { Checkbox as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon";

export interface CheckboxProps {
  checked: boolean | "mixed";
  onChange: (checked: boolean) => void;
  /** Missing where the name is given by aria-label. */
  children?: ReactNode;
  "aria-label"?: string;
  "aria-describedby"?: string;
  id?: string;
  disabled?: boolean;
}

export function Checkbox({ checked, onChange, children, ...rest }: CheckboxProps) {
  return (
    <label className="check">
      <Primitive.Root
        className={`box ${checked ? "box--on" : ""}`}
        checked={checked === "mixed" ? "indeterminate" : checked}
        onCheckedChange={(next) => onChange(next === true)}
        {...rest}
      >
        {checked === "mixed" ? <span className="h-0.5 w-2 bg-current" /> : <Icon name="check" small />}
      </Primitive.Root>
      {children}
    </label>
  );
}
