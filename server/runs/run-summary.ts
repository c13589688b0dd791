/** A run in the contract's words: its entry in the list, and its page. Reads; changes nothing. */
import path from "node:path";
import { stringify } from "yaml";
import { failureOf } from "@/server/contract/failure-kinds";
import { isEnded, type RunDetail, type RunStatus, type RunSummary } from "@/server/contract/run";
import { splitList } from "@/server/contract/train-config";
import { latestResumable, listCheckpoints } from "./checkpoint-list";
import { failureWords } from "./failure-words";
import type { Run } from "./run";
import { continuationsOf } from "./run-continuation";
import { ARGS_FILE, bytesOf, namesIn } from "./run-files";

/** LLaMA-Factory's rank where the YAML leaves it out. */
const DEFAULT_RANK = 8;

/** Summaries of ended runs, which stay true as long as their files do not change. */
const settled = new WeakMap<Run, { signature: string; quick: string; summary: RunSummary }>();

/** A run's entry in the list. */
export function summarize(run: Run): RunSummary {
  const known = settled.get(run);
  const { signature } = run;
  if (known?.signature === signature) return known.summary;
  const summary = freshSummary(run);
  // Where the files have grown since they were read, the summary is of yesterday.
  if (isEnded(summary.status) && run.readSignature === signature)
    settled.set(run, { signature, quick: run.quickSignature, summary });
  else settled.delete(run);
  return summary;
}

/**
 * A run's entry in the list without a look at its files: what was last found of an ended run, which the regular scan keeps
 * up to date. With a thousand runs the looks would be most of the list's time.
 */
export function listed(run: Run): RunSummary {
  return settled.get(run)?.summary ?? summarize(run);
}

/** Sorts times in ISO 8601, which need no rules of a language. */
export function newestFirst(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

/** Whether a run had ended when it was summarized last; asks no file. */
export function wasSettled(run: Run): boolean {
  return settled.has(run);
}

/** Whether a run has ended and has not gone on since it was last summarized. */
export function isSettled(run: Run): boolean {
  return settled.get(run)?.quick === run.quickSignature;
}

function freshSummary(run: Run): RunSummary {
  const { record, config, status } = run;
  const { digest, phase } = run.logs;
  const ended = isEnded(status);
  const method = text(config.finetuning_type) ?? "lora";
  const kind = kindOf(config);
  return {
    id: run.id,
    name: run.name,
    kind,
    status,
    phase: ended || status === "queued" ? null : (phase ?? "start"),
    engine: run.engine,
    origin: record && (record.command.length > 0 || record.queued_at) ? "console" : "folder",
    model: modelName(config.model_name_or_path),
    template: text(config.template),
    stage: text(config.stage) ?? "sft",
    method,
    datasets: splitList(text(config.dataset) ?? text(config.eval_dataset)),
    learning_rate: number(config.learning_rate) ?? digest.learningRate,
    // What measures a model has no rank of its own; its adapter's need not be the default.
    lora_rank:
      method === "lora" ? (number(config.lora_rank) ?? (kind === "train" ? DEFAULT_RANK : null)) : null,
    step: digest.step,
    total_steps: digest.totalSteps,
    epoch: digest.epoch,
    elapsed_seconds: digest.elapsedSeconds,
    remaining_seconds: ended ? null : digest.remainingSeconds,
    tokens_per_second: digest.tokensPerSecond,
    loss: digest.loss,
    eval_loss: digest.evalLoss,
    best_eval_loss: digest.bestEvalLoss,
    best_step: digest.bestStep,
    sparkline: digest.sparkline,
    created_at: run.createdAt,
    started_at: record?.sessions.at(-1)?.started_at ?? (record ? null : run.createdAt),
    ended_at: ended ? (record?.exit?.at ?? lastWriteTime(run)) : null,
    ...failureState(run, status),
    ...resumeState(run, status),
    notes: record?.notes ?? "",
    tags: record?.tags ?? [],
    sweep: record?.sweep ?? null,
    continued_from: record?.continued_from ?? null,
    queue_position: run.queuePosition,
    in_place: run.inPlace,
  };
}

/** @param command what to type in a terminal for a file of arguments */
export function describe(run: Run, command: (argsFile: string) => string): RunDetail {
  const { digest } = run.logs;
  return {
    ...summarize(run),
    folder: run.relativeFolder,
    config: run.config,
    yaml: run.yaml || stringify(run.config),
    command: command(`${run.relativeFolder}/${ARGS_FILE}`),
    engine_reason: run.record?.engine_reason ?? null,
    checkpoints: listCheckpoints(run.folder, digest.evalLossByStep, digest.step),
    files: contents(run.folder),
    continuations: continuationsOf(run),
  };
}

/** What lies in a run's folder, by name, with sizes. */
export function contents(folder: string): { name: string; bytes: number }[] {
  return namesIn(folder)
    .sort()
    .map((name) => ({ name, bytes: bytesOf(path.join(folder, name)) }));
}

/** When the files changed last; a clock that was set back since must not put the end into the future. */
function lastWriteTime(run: Run): string {
  return new Date(Math.min(run.lastWrite, Date.now())).toISOString();
}

function resumeState(run: Run, status: RunStatus): Pick<RunSummary, "can_resume" | "resume_blocked_reason"> {
  const no = (reason: string | null) => ({ can_resume: false, resume_blocked_reason: reason });
  if (!isEnded(status) || status === "finished") return no(null);
  if (run.inPlace) return no("It lies outside this console's saves folder. Import a copy to go on training.");
  if (run.yaml === "") return no("It has no training_args.yaml, so its exact settings are not known.");
  const last = latestResumable(run.folder);
  return "reason" in last ? no(last.reason) : { can_resume: true, resume_blocked_reason: null };
}

/** Why it ended badly: the sentence for lists, and the cause for the run page. */
function failureState(run: Run, status: RunStatus): Pick<RunSummary, "error" | "failure"> {
  const exit = run.record?.exit ?? null;
  if (status === "failed") {
    const output = run.logs.lastWords();
    return { error: failureWords(exit, output), failure: failureOf(exit, output) };
  }
  if (status !== "interrupted") return { error: null, failure: null };
  const error = exit?.signal
    ? `The process was ended from outside (${exit.signal}).`
    : "The process is gone and left no result: the machine or the program was shut down.";
  return { error, failure: { kind: "interrupted", line: null } };
}

/** LLaMA-Factory trains only where do_train says so. */
function kindOf({ do_train, do_eval, do_predict }: Run["config"]): RunSummary["kind"] {
  return do_train !== true && (do_eval === true || do_predict === true) ? "evaluate" : "train";
}

/** "models/starter" → "starter"; a hub id stays whole. */
function modelName(value: unknown): string {
  const name = text(value) ?? "unknown";
  const isPath = path.isAbsolute(name) || /^(\.|models\/|saves\/)/.test(name);
  return isPath ? path.basename(name) : name;
}

function text(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(String).join(",");
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  const converted = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof converted === "number" && Number.isFinite(converted) ? converted : null;
}
