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
      /** `key=value` words after the file: what holds for this start only. */
      readonly overrides: readonly string[];
      readonly runFolder: string;
      readonly cwd: string;
    }
  | { readonly kind: "api"; readonly argsFile: string; readonly port: number; readonly cwd: string }
  | { readonly kind: "export"; readonly argsFile: string; readonly cwd: string };

export interface Engine {
  readonly id: EngineId;
  /** Whether it can be used here, with which version and devices; why not, in words. Cheap to call again unless `refresh` asks to look anew. */
  detect(options?: { refresh: boolean }): Promise<EngineStatus>;
  /** What is known without asking anybody; null before the first `detect` has answered. */
  known(): EngineStatus | null;

  /** What it cannot honour of a configuration; each problem names the argument, the reason and a way out. */
  check(config: Configuration): Problem[];
  /** The arguments that go into training_args.yaml: what the engine needs added, and without what it does not know. */
  trainArguments(args: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** What the configuration asks to have in the program's environment. */
  environment(config: Configuration): Record<string, string>;
  /** Files that the arguments name and the engine makes, with paths relative to the home folder. */
  generatedFiles(args: Readonly<Record<string, unknown>>): { file: string; text: string }[];

  /** The command that a person types in a terminal to do the same with a file of arguments. */
  shownCommand(argsFile: string, environment?: Readonly<Record<string, string>>): string;
  /** The command to preview before there is a file: with every argument spelt out where the engine's users know it so. */
  previewCommand(preview: {
    args: Readonly<Record<string, unknown>>;
    /** Where the arguments will lie. */
    argsFile: string;
    environment: Readonly<Record<string, string>>;
  }): string;
  command(task: Task): Command;

  /** Asks a training program to stop after its current step and save. */
  readonly stopSignal: NodeJS.Signals;
  /** Whether it reads only what the console can read itself: local folders of known families, text in .json and .jsonl. */
  readonly readsLocalTextOnly: boolean;
  /** Whether a model server of it loads adapters while it runs, and answers as the base and as each of them. */
  readonly servesManyAdapters: boolean;
}
