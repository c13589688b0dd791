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
  const line = tellingLine(output);
  const how = exitWords(exit, output);
  return line === null ? how : exit?.signal ? `${how} Its last words: ${line}` : line;
}

/** The line of an output that names the cause, or null where there is no such line. */
export function tellingLine(output: string): string | null {
  const lines = output
    .split(/[\r\n]+/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== "" && !NOISE.test(line));
  const line = lines.findLast((candidate) => TELLING.test(candidate.trim())) ?? lines.at(-1);
  return line === undefined ? null : line.trim().slice(0, LONGEST);
}

function exitWords(exit: ExitFacts | null, output: string): string {
  if (!exit) return "The process is gone and left no result.";
  if (exit.signal === "SIGKILL") {
    return "The system killed the process (SIGKILL), most likely because memory ran out. A smaller batch, cutoff length or model needs less.";
  }
  if (exit.signal) return `The process ended by ${exit.signal}.`;
  if (exit.code === 137) return "The process was killed (exit code 137), most likely because memory ran out.";
  return output.trim() === ""
    ? `The process ended with exit code ${exit.code} and wrote nothing.`
    : `The process ended with exit code ${exit.code}.`;
}
