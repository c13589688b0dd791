/** One part of the form: its name at the left, its controls at the right. */
import type { ReactNode } from "react";

export interface FormSectionProps {
  title: ReactNode;
  note?: ReactNode;
  /** The section holds words only, whose first line stands level with the title. */
  text?: boolean;
  last?: boolean;
  children: ReactNode;
}

export function FormSection({ title, note, text = false, last = false, children }: FormSectionProps) {
  return (
    <section className={`sect ${text ? "sect--text" : ""} ${last ? "sect--last" : ""}`}>
      <h2>
        {title}
        {note && <span>{note}</span>}
      </h2>
      <div>{children}</div>
    </section>
  );
}
