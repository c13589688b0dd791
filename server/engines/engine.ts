/**
 * The seam between the console and whatever trains: each engine says whether it is there, what it cannot honour, and
 * which program to start. It does not know how programs are started or followed: that is `server/runs`.
 */
import type { EngineId, EngineStatus } from "@/server/contract/api";
import type { Configuration } from "@/server/contract/configuration-values";
import type { Problem } from "@/server/contract/problem";

/** A program to start: argv only, never a shell string. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Added to the console's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Something to start: what, with which file of arguments. Paths are absolute. */
export type Task =
  | {
      readonly kind: "train";
      readonly argsFile: string;
      /** `key=value` words after the file: what holds for this start only. */ readonly overrides: readonly string[];
      readonly runFolder: string;
      readonly cwd: string;
    }
  | { readonly kind: "api"; readonly argsFile: string; readonly port: number; readonly cwd: string };

export interface Engine {
  readonly id: EngineId;
  /** The command that a person types in a terminal to do the same. */
  shownCommand(argsFile: string): string;
  /** Asks a training program to stop after its current step and save. */
  readonly stopSignal: NodeJS.Signals;
  /** Whether it can be used here, with which version and devices; why not, in words. Cheap to call again. */
  detect(): Promise<EngineStatus>;
  /** Whether it reads only what the console can read itself: local folders of known families, text in .json and .jsonl. */
  readonly readsLocalTextOnly: boolean;
  /** What it cannot honour of a configuration; each problem names the argument, the reason and a way out. */
  check(config: Configuration): Problem[];
  /** The arguments that go into training_args.yaml: what the engine needs added, and without what it does not know. */
  trainArguments(args: Readonly<Record<string, unknown>>): Record<string, unknown>;
  command(task: Task): Command;
}
