/**
 * `tuneboard train`: words in, exit code out. The border of the trainer: it hears signals, and everything that is thrown
 * below becomes one line on stderr, the same line in running_log.txt, and exit code 1.
 */
import { describeFailure } from "./failure";
import { openRunFolder } from "./run-folder";
import { createRunLog, type RunLog } from "./run-log";
import { readTrainArguments } from "./train-arguments";
import { evaluateRun, trainRun, type RunContext } from "./train-run";

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
  const context = { config, folder, log, signal };
  try {
    const trains = config.do_train || config.do_eval;
    const outcome = trains ? await trainOrEvaluate(context) : "finished";
    if (!config.do_predict || outcome === "stopped") return;
    const { predictRun } = await import("../predict/predict-run");
    await predictRun(context);
  } finally {
    folder.lines.close();
  }
}

/** Models and executors are heavy to load; a mistake in the arguments should not wait for them. */
async function trainOrEvaluate(context: RunContext): Promise<"finished" | "stopped"> {
  const { prepareRun } = await import("./prepare-run");
  const prepared = await prepareRun(context.config, context.log);
  try {
    if (context.config.do_train) return await trainRun(prepared.parts, context);
    await evaluateRun(prepared.parts, context);
    return "finished";
  } finally {
    prepared.dispose();
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
