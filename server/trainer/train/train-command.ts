/**
 * `tuneboard train`: words in, exit code out. The border of the trainer: it hears signals, and everything that is thrown
 * below becomes one line on stderr, the same line in running_log.txt, and exit code 1.
 */
import { describeFailure } from "./failure";
import { openRunFolder } from "./run-folder";
import { createRunLog, type RunLog } from "./run-log";
import { readTrainArguments } from "./train-arguments";
import { evaluateRun, trainRun } from "./train-run";

/** Where a command line program writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Runs a training from the words after `tuneboard train`.
 * @param signal asks for a stop with a checkpoint
 * @returns the exit code: 0 finished or stopped, 1 failed
 */
export async function trainCommand(
  words: readonly string[],
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
): Promise<number> {
  const log = createRunLog({ show: terminal.out });
  try {
    await run(words, log, signal);
    return 0;
  } catch (error) {
    const { message, stack } = describeFailure(error);
    terminal.err(`Error: ${message}\n`);
    reportTo(log, message, stack);
    return 1;
  }
}

async function run(words: readonly string[], log: RunLog, signal: AbortSignal): Promise<void> {
  const args = await readTrainArguments(words);
  for (const { argument, message } of args.warnings) log.warn(`${argument}: ${message}`);
  const folder = await openRunFolder(args, log);
  const { config } = args;
  // Models and executors are heavy to load; a mistake in the arguments should not wait for them.
  const { prepareRun } = await import("./prepare-run");
  const prepared = await prepareRun(config, log);
  try {
    const context = { config, folder, log, signal };
    if (config.do_train) await trainRun(prepared.parts, context);
    else await evaluateRun(prepared.parts, context);
  } finally {
    prepared.dispose();
    folder.lines.close();
  }
}

/** The log's own disk may be the one that is full. */
function reportTo(log: RunLog, message: string, stack: string | null): void {
  try {
    log.error(message);
    if (stack) log.detail(stack);
  } catch {
    // The line is on stderr already; there is nowhere else to put it.
  }
}
