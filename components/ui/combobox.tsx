"use client";
/** A list that opens with a search line: picks one of many, and may take what was typed as it stands. */
import { Command } from "cmdk";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Icon } from "./icon";

export interface ComboboxOption {
  value: string;
  /** What the search line matches. */
  text: string;
  content: ReactNode;
  group?: string;
  disabled?: boolean;
  selected?: boolean;
}

export interface ComboboxProps {
  options: readonly ComboboxOption[];
  onPick: (value: string) => void;
  placeholder: string;
  /** Shown where nothing matches. */
  empty: (typed: string) => ReactNode;
  /** Words for "use what I typed"; where missing, only listed values can be picked. */
  typedWords?: (typed: string) => string;
  /** Stays open after a pick, for lists that take several. */
  keepOpen?: boolean;
  /** The button that opens the list. */
  children: ReactNode;
  align?: "start" | "end";
}

export function Combobox(props: ComboboxProps) {
  const { options, onPick, placeholder, empty, typedWords, keepOpen, children, align = "start" } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const groups = [...new Set(options.map((option) => option.group ?? ""))];

  function pick(value: string) {
    onPick(value);
    setTyped("");
    if (!keepOpen) setOpen(false);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="float w-(--radix-popover-trigger-width) max-w-[calc(100vw-32px)] min-w-[min(360px,calc(100vw-32px))]"
          sideOffset={4}
          align={align}
          collisionPadding={8}
        >
          <Command label={placeholder}>
            <Command.Input
              className="menu-input"
              placeholder={placeholder}
              value={typed}
              onValueChange={setTyped}
            />
            <Command.List className="menu">
              <Command.Empty className="menu-label">{empty(typed)}</Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group ? <span className="menu-label block">{group}</span> : undefined}
                >
                  {options
                    .filter((option) => (option.group ?? "") === group)
                    .map((option) => (
                      <Command.Item
                        key={option.value}
                        value={option.value}
                        keywords={[option.text]}
                        disabled={option.disabled}
                        className="menu-item"
                        onSelect={() => pick(option.value)}
                      >
                        {option.content}
                        {option.selected && (
                          <span className="end">
                            <Icon name="check" small />
                          </span>
                        )}
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
              {typedWords && typed.trim() !== "" && (
                <Command.Item
                  value={`typed ${typed}`}
                  className="menu-item"
                  forceMount
                  onSelect={() => pick(typed.trim())}
                >
                  <Icon name="edit" />
                  <span className="clip">{typedWords(typed.trim())}</span>
                </Command.Item>
              )}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
