/** A one-line text control, with its unit at the right where it has one. */
import type { ComponentProps, ReactNode } from "react";

export interface TextInputProps extends ComponentProps<"input"> {
  unit?: ReactNode;
}

export function TextInput({ unit, className = "", ...rest }: TextInputProps) {
  if (!unit) return <input className={`control ${className}`} {...rest} />;
  return (
    <span className={`control control--unit ${className}`}>
      <input {...rest} />
      <span className="unit">{unit}</span>
    </span>
  );
}

export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea className={`control control--area ${className}`} {...rest} />;
}
