/**
 * `tuneboard train`: words in, exit code out. The border of the trainer: it hears signals, and everything that is thrown
 * below becomes words on stderr, the same in one line of running_log.txt, and exit code 1.
 */
import { AppError } from "../../contract/errors";
import { STOPPED_WORDS } from "../../contract/phase";
import type { SamplePrompt } from "../../contract/samples";
import { describeFailure } from "./failure";
import { openRunFolder } from "./run-folder";
import { createRunLog, type RunLog } from "./run-log";
import { readSamplePrompts } from "./sample-prompts";
import { stepOfCheckpoint } from "./checkpoint-folder";
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
    terminal.err(`Error: ${error instanceof AppError ? error.message : message}\n`);
    reportTo(log, message, stack);
    return 1;
  }
}

async function run(words: readonly string[], log: RunLog, signal: AbortSignal): Promise<void> {
  const args = await readTrainArguments(words);
  for (const { argument, message } of args.warnings) log.warn(`${argument}: ${message}`);
  const { config } = args;
  const prompts = config.do_train ? await readSamplePrompts(config) : [];
  const folder = await openRunFolder(args, log);
  const context = { config, folder, log, signal };
  try {
    const trains = config.do_train || config.do_eval;
    const outcome = trains ? await trainOrEvaluate(context, prompts) : "finished";
    if (!config.do_predict || outcome === "stopped") return;
    const { predictRun } = await import("../predict/predict-run");
    await predictRun(context);
  } finally {
    folder.lines.close();
  }
}

/** Models and executors are heavy to load; a mistake in the arguments should not wait for them. */
async function trainOrEvaluate(
  context: RunContext,
  prompts: readonly SamplePrompt[],
): Promise<"finished" | "stopped"> {
  const { prepareRun } = await import("./prepare-run");
  const { config, log, signal } = context;
  const prepared = await unlessStopped(prepareRun(context, prompts), signal);
  if (!prepared) {
    const step = context.folder.checkpoint === null ? 0 : stepOfCheckpoint(context.folder.checkpoint);
    log.info(`${STOPPED_WORDS} ${step}, before it began.`);
    return "stopped";
  }
  try {
    return config.do_train
      ? await trainRun(prepared.parts, context)
      : await evaluateRun(prepared.parts, context);
  } finally {
    await prepared.dispose();
  }
}

/**
 * What is being prepared; null as soon as a stop is asked for: there is nothing to save yet, so nobody waits for the end
 * of it. What still loads goes with the process.
 */
async function unlessStopped<T>(preparing: Promise<T>, signal: AbortSignal): Promise<T | null> {
  let stop = (): void => undefined;
  const stopped = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  // Where the stop comes first, what becomes of the preparation is nobody's concern.
  preparing.catch(() => undefined);
  try {
    return await Promise.race([stopped, preparing]);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
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
