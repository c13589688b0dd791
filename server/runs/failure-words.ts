/**
 * One line that says why a run ended badly, from how its process ended and what it wrote last. It does not know runs:
 * texts in, a sentence out.
 */

/** Lines that explain a failure better than the last one: Python exceptions, our trainer's "Error: …", memory, disk. */
const TELLING =
  /^(?:\w+(?:\.\w+)*(?:Error|Exception|Interrupt|Exit)\b.*|error: .+|.*\bout of memory\b.*|.*no space left on device.*|Killed)$/i;
const NOISE = /^(\s*at .+|\s*File ".+|Traceback .+|\s*\^+\s*|Node\.js v.+|\s*\d+%\|.*)$/;
const LONGEST = 400;

export interface ExitFacts {
  code: number | null;
  signal: string | null;
}

/**
 * @param exit how the process ended; null where nobody saw it
 * @param output the last kilobytes of what it wrote
 */
export function failureWords(exit: ExitFacts | null, output: string): string {
  const words = lastWords(output);
  if (exit?.signal)
    return words?.telling ? `${exitWords(exit)} Its last words: ${words.line}` : exitWords(exit);
  if (words) return words.line;
  return exit ? `${exitWords(exit)} It wrote nothing.` : exitWords(exit);
}

/** Whether what a program wrote last names an error. */
export function endsInError(output: string): boolean {
  return lastWords(output)?.telling ?? false;
}

/** The line of an output that names the cause, else its last one; null where there is none. */
function lastWords(output: string): { line: string; telling: boolean } | null {
  const lines = output
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !NOISE.test(line));
  const telling = lines.findLast((line) => TELLING.test(line));
  const line = telling ?? lines.at(-1);
  return line === undefined ? null : { line: line.slice(0, LONGEST), telling: telling !== undefined };
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
