"use client";
/** What a combobox shows when it is open: the search line and what matches. */
import { Command } from "cmdk";
import type { ReactNode } from "react";
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

/** What the list holds and says. */
export interface ListContent {
  options: readonly ComboboxOption[];
  placeholder: string;
  /** Shown where nothing matches. */
  empty: (typed: string) => ReactNode;
  /** Words for "use what I typed"; where missing, only listed values can be picked. */
  typedWords?: (typed: string) => string;
}

export interface ComboboxListProps extends ListContent {
  typed: string;
  onTyped: (text: string) => void;
  onPick: (value: string) => void;
}

export function ComboboxList(props: ComboboxListProps) {
  const { options, placeholder, empty, typedWords, typed, onTyped, onPick } = props;
  const groups = [...new Set(options.map((option) => option.group ?? ""))];
  return (
    <Command label={placeholder}>
      <Command.Input
        className="menu-input"
        autoFocus
        placeholder={placeholder}
        value={typed}
        onValueChange={onTyped}
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
                  onSelect={() => onPick(option.value)}
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
            onSelect={() => onPick(typed.trim())}
          >
            <Icon name="edit" />
            <span className="clip">{typedWords(typed.trim())}</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}
