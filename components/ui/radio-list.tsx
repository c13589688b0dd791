/** One of a few ways, each with a line or two on what it means, for dialogs that have room. */
import type { ReactNode } from "react";

export interface RadioChoice<T extends string> {
  value: T;
  title: string;
  says: ReactNode;
  disabled?: boolean;
}

export interface RadioListProps<T extends string> {
  legend: string;
  /** Of the group, in its form. */
  name: string;
  value: T;
  choices: readonly RadioChoice<T>[];
  onChange: (value: T) => void;
}

export function RadioList<T extends string>({ legend, name, value, choices, onChange }: RadioListProps<T>) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="label mb-1">{legend}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={`flex items-start gap-3 ${choice.disabled ? "opacity-60" : "cursor-pointer"}`}
        >
          <input
            type="radio"
            name={name}
            className="mt-1 accent-(--accent)"
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <b className="strong">{choice.title}</b>
            <span className="muted block text-md">{choice.says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
