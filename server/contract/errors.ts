/**
 * The one error type that crosses a border (CLI, HTTP, socket), and its wire form.
 * A message names the file, the key, the value and the way out; a code says what kind of thing went wrong.
 * It does not know HTTP: `server/http` maps codes to statuses.
 */

export const ERROR_CODES = [
  "invalid_config",
  "invalid_request",
  "not_found",
  "forbidden",
  "busy",
  "unsupported",
  "checkpoint_malformed",
  "dataset_malformed",
  "engine_failed",
  "diverged",
  "disk_full",
  "out_of_memory",
  "cancelled",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What HTTP and socket replies carry: `{ error: { code, message, problems? } }`. */
export interface WireError {
  code: ErrorCode;
  message: string;
  /** Field-level problems where the request held a configuration. */
  problems?: unknown[];
}

/** An expected failure with a message meant for the user. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly problems?: unknown[];

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; problems?: unknown[] } = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.problems = options.problems;
  }
}

/** Translates anything thrown into the wire form; the text of unexpected errors stays on the server. */
export function toWire(error: unknown): WireError {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, ...(error.problems && { problems: error.problems }) };
  }
  return {
    code: "internal",
    message: "Something went wrong inside the console. Its terminal shows the details.",
  };
}
