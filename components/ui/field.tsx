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
  /** Set where the value differs from the default: what the dot says and does. */
  changed?: { label: string; onReset: () => void };
  hint?: ReactNode;
  problem?: { severity: "error" | "warning"; message: ReactNode } | null;
  className?: string;
  children: (ids: FieldIds) => ReactNode;
}

export function Field({ label, explanation, changed, hint, problem, className = "", children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const explanationId = `${id}-explanation`;
  const described = [(hint ?? problem) && noteId, explanation && explanationId].filter(Boolean).join(" ");
  return (
    <div className={`field ${problem?.severity === "error" ? "field--bad" : ""} ${className}`}>
      <span className="label">
        {explanation ? (
          <Tooltip text={explanation} onTap>
            <label htmlFor={id} className="cursor-help">
              {label}
            </label>
          </Tooltip>
        ) : (
          <label htmlFor={id}>{label}</label>
        )}
        {changed && (
          <Tooltip text={changed.label}>
            <button type="button" className="changed" aria-label={changed.label} onClick={changed.onReset} />
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
      {problem ? (
        <FieldProblem id={noteId} severity={problem.severity}>
          {problem.message}
        </FieldProblem>
      ) : (
        hint && (
          <p id={noteId} className="hint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

interface FieldProblemProps {
  id: string;
  severity: "error" | "warning";
  children: ReactNode;
}

function FieldProblem({ id, severity, children }: FieldProblemProps) {
  return (
    <p id={id} className={`msg ${severity === "error" ? "msg--bad" : "msg--warn"}`} role="alert">
      <Icon name={severity === "error" ? "error" : "warning"} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}
