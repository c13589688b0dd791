/**
 * What went wrong, in one line for the user: expected errors keep their words, running out of memory or disk is told
 * apart from defects, and a defect says that it is one.
 */
import { AppError } from "../../contract/errors";
import { writeError } from "../checkpoint/atomic-file";

/** V8's and onnxruntime's words for "there is no more memory". */
const NO_MEMORY =
  /array buffer allocation failed|invalid typed array length|invalid array length|bad_alloc|failed to allocate memory|out of memory|ENOMEM/i;

export interface Failure {
  readonly message: string;
  /** For the log only: where a defect happened; null for expected errors. */
  readonly stack: string | null;
}

/** Describes anything thrown while training. */
export function describeFailure(error: unknown): Failure {
  const known = writeError(error, "The run's folder");
  if (known instanceof AppError) return { message: oneLine(known.message), stack: null };
  const message = error instanceof Error ? error.message : String(error);
  if (NO_MEMORY.test(message)) {
    const memory = new AppError(
      "out_of_memory",
      "Memory ran out. Use a smaller per_device_train_batch_size (with more gradient_accumulation_steps), a smaller cutoff_len, or a smaller model.",
      { cause: error },
    );
    return { message: `${memory.message} (${oneLine(message)})`, stack: null };
  }
  return {
    message: `Unexpected: ${oneLine(message)}`,
    stack: error instanceof Error ? (error.stack ?? null) : null,
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}
