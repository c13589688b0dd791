"use client";
/**
 * A labelled control: label, explanation on hover, the dot of a changed value, hint and problem under it.
 * The control inside gets its id and its description through `useFieldIds` or the render argument.
 */
import { type ReactNode, useId } from "react";
import { Icon } from "./icon";
import { Tooltip } from "./tooltip";

export interface FieldIds {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

export interface FieldProps {
  label: ReactNode;
  /** What the setting does, in plain words; shown on hover and focus of the label. */
  explanation?: ReactNode;
  /** A mark after the label: what else there is to know before one touches it. */
  mark?: ReactNode;
  /** Set where the value differs from the default: what the dot says and does. */
  changed?: { label: string; onReset: () => void };
  hint?: ReactNode;
  problem?: { severity: "error" | "warning"; message: ReactNode } | null;
  /** In a grid of fields: the problem gets a row of its own under the field's row, since it is longer than a field. */
  problemAcrossRow?: boolean;
  className?: string;
  children: (ids: FieldIds) => ReactNode;
}

export function Field(props: FieldProps) {
  const {
    label,
    explanation,
    mark,
    changed,
    hint,
    problem,
    problemAcrossRow = false,
    className = "",
    children,
  } = props;
  const id = useId();
  const noteId = `${id}-note`;
  const explanationId = `${id}-explanation`;
  const described = [(hint ?? problem) && noteId, explanation && explanationId].filter(Boolean).join(" ");
  const shownProblem = problem && (
    <FieldProblem id={noteId} severity={problem.severity} acrossRow={problemAcrossRow}>
      {problem.message}
    </FieldProblem>
  );
  return (
    <>
      <div className={`field ${problem?.severity === "error" ? "field--bad" : ""} ${className}`}>
        <span className="label">
          <FieldLabel id={id} label={label} explanation={explanation} />
          {mark}
          {changed && (
            <Tooltip text={changed.label}>
              <button
                type="button"
                className="changed"
                aria-label={changed.label}
                onClick={changed.onReset}
              />
            </Tooltip>
          )}
        </span>
        {children({
          id,
          "aria-describedby": described || undefined,
          "aria-invalid": problem?.severity === "error" ? true : undefined,
        })}
        {explanation && (
          <span id={explanationId} className="vh">
            {explanation}
          </span>
        )}
        {!problemAcrossRow && shownProblem}
        {hint && !problem && (
          <p id={noteId} className="hint">
            {hint}
          </p>
        )}
      </div>
      {problemAcrossRow && shownProblem}
    </>
  );
}

type FieldLabelProps = Pick<FieldProps, "label" | "explanation"> & { id: string };

function FieldLabel({ id, label, explanation }: FieldLabelProps) {
  if (!explanation) return <label htmlFor={id}>{label}</label>;
  return (
    <Tooltip text={explanation} onTap>
      <label htmlFor={id} className="cursor-help">
        {label}
      </label>
    </Tooltip>
  );
}

interface FieldProblemProps {
  id: string;
  severity: "error" | "warning";
  acrossRow: boolean;
  children: ReactNode;
}

function FieldProblem({ id, severity, acrossRow, children }: FieldProblemProps) {
  return (
    <p
      id={id}
      className={`msg ${severity === "error" ? "msg--bad" : "msg--warn"} ${acrossRow ? "span4 -mt-2" : ""}`}
      role="alert"
    >
      <Icon name={severity === "error" ? "error" : "warning"} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}
