"use client";
/** A select from its opening on: the button, and the list that it opens and shuts. */
import { Select as Primitive } from "radix-ui";
import { Icon } from "./icon";
import { SelectFace, type SelectProps } from "./select-face";

// Radix forbids an empty value; LLaMA-Factory has settings whose default is "none given".
const EMPTY = "\u0000";

export function SelectList({ value, options, onChange, className = "", disabled, ...ids }: SelectProps) {
  return (
    <Primitive.Root
      defaultOpen
      value={value === "" ? EMPTY : value}
      onValueChange={(next) => onChange(next === EMPTY ? "" : next)}
      disabled={disabled}
    >
      <Primitive.Trigger className={`control ${className}`} {...ids}>
        <SelectFace value={value} options={options} />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className="float menu max-w-[calc(100vw-32px)] min-w-(--radix-select-trigger-width)"
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
