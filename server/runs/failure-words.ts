/**
 * One sentence that says why a run ended badly, for lists and messages: the line that tells the cause, or how the process
 * ended where it said nothing. The causes themselves are the contract's (`failure-kinds.ts`).
 */
import { type ExitFacts, failureOf, isErrorLine, outputLines } from "@/server/contract/failure-kinds";

/**
 * @param exit how the process ended; null where nobody saw it
 * @param output the last kilobytes of what it wrote
 */
export function failureWords(exit: ExitFacts | null, output: string): string {
  const { kind, line } = failureOf(exit, output);
  if (exit?.signal) {
    const tells = line !== null && kind !== "other" && kind !== "killed" && kind !== "crashed";
    return tells || (line !== null && isErrorLine(line))
      ? `${exitWords(exit)} Its last words: ${line}`
      : exitWords(exit);
  }
  if (line !== null) return line;
  return exit ? `${exitWords(exit)} It wrote nothing.` : exitWords(exit);
}

/** Whether what a program wrote last names an error. */
export function endsInError(output: string): boolean {
  return outputLines(output).some(isErrorLine);
}

function exitWords(exit: ExitFacts | null): string {
  if (!exit) return "The process is gone and left no result.";
  if (exit.signal === "SIGKILL" || exit.code === 137) {
    return "The system killed the process, most likely because memory ran out. A smaller batch, cutoff length or model needs less.";
  }
  return exit.signal
    ? `The process ended by ${exit.signal}.`
    : `The process ended with exit code ${exit.code}.`;
}
