"use client";
/** One of a few values, in a list that opens. */
import { Select as Primitive } from "radix-ui";
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

// Radix forbids an empty value; LLaMA-Factory has settings whose default is "none given".
const EMPTY = "\u0000";

export function Select({ value, options, onChange, className = "", disabled, ...ids }: SelectProps) {
  return (
    <Primitive.Root
      value={value === "" ? EMPTY : value}
      onValueChange={(next) => onChange(next === EMPTY ? "" : next)}
      disabled={disabled}
    >
      <Primitive.Trigger className={`control ${className}`} {...ids}>
        <span className="clip">
          <Primitive.Value>
            {options.find((option) => option.value === value)?.label ?? value}
          </Primitive.Value>
        </span>
        <Icon name="down" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className="float menu w-(--radix-select-trigger-width)"
          position="popper"
          sideOffset={4}
          collisionPadding={8}
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value === "" ? EMPTY : option.value}
                disabled={option.disabled}
                className="menu-item"
              >
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.note && <span className="tag ml-auto">{option.note}</span>}
                <Primitive.ItemIndicator className="end">
                  <Icon name="check" small />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
