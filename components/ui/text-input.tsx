/** A one-line text control, with its unit at the right where it has one. */
import type { ComponentProps, ReactNode } from "react";

export interface TextInputProps extends ComponentProps<"input"> {
  /** A word before the value, inside the control: "every". */
  lead?: ReactNode;
  unit?: ReactNode;
}

export function TextInput({ lead, unit, className = "", ...rest }: TextInputProps) {
  if (!unit && !lead) return <input className={`control ${className}`} {...rest} />;
  return (
    <span className={`control control--unit ${className}`}>
      {lead && <span>{lead}</span>}
      <input {...rest} />
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}

export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea className={`control control--area ${className}`} {...rest} />;
}
