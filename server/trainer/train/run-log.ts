/**
 * The run's log in LLaMA-Factory's form, `[INFO|2026-11-24 04:04:07] trainer:1 >> message`, to the terminal and to
 * running_log.txt. One line per message.
 */
import type { LineFile } from "./line-file";

export const RUNNING_LOG_FILE = "running_log.txt";

export interface RunLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** Several lines at once that belong to an error but are not for the terminal, such as a stack. */
  detail(text: string): void;
  /** From here on lines also go to this file; earlier ones are written to it now. */
  attach(file: LineFile): void;
}

export interface RunLogOptions {
  /** Where lines are shown, newline included; errors are shown by whoever ends the program. */
  readonly show: (line: string) => void;
  readonly now?: () => Date;
}

/** A log that shows lines at once and keeps them until a file is attached. */
export function createRunLog({ show, now = () => new Date() }: RunLogOptions): RunLog {
  let file: LineFile | null = null;
  const early: string[] = [];
  const keep = (line: string) => {
    if (file) file.append(line);
    else early.push(line);
  };
  const write = (level: string, message: string, shown: boolean) => {
    const line = `[${level}|${timestamp(now())}] trainer:1 >> ${message.replace(/\s*\n\s*/g, " ")}`;
    if (shown) show(`${line}\n`);
    keep(line);
  };
  return {
    info: (message) => write("INFO", message, true),
    warn: (message) => write("WARNING", message, true),
    error: (message) => write("ERROR", message, false),
    detail: (text) => text.split("\n").forEach(keep),
    attach(target) {
      file = target;
      early.splice(0).forEach(keep);
    },
  };
}

/** Local time as Python's logging writes it: `2026-11-24 04:04:07`. */
function timestamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
