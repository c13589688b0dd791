/**
 * Makes a run's folder from a request: checked configuration, free name, training_args.yaml and record. It starts
 * nothing; a folder that it made is a queued run.
 */
import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CreateRun } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import { folderNameFrom } from "@/server/contract/plain-name";
import type { Problem } from "@/server/contract/problem";
import { TEMPLATE_NAMES } from "@/server/contract/template-names";
import { trainConfigSchema, type TrainConfig } from "@/server/contract/train-config";
import { argumentYaml, typedArguments } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";
import { diskFullError, isDiskFull } from "@/server/disk/disk-space";
import { slashedPath } from "@/server/disk/paths";
import { ARGS_FILE, OUTPUT_FILE } from "./run-files";
import { freshRecord, writeRecord, type RunRecord } from "./run-record";

/** What LLaMA Board always sends and a short configuration forgets: without these a run trains nothing, or shows less. */
const ALWAYS = { do_train: true, include_num_input_tokens_seen: true } as const;
const RUN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export interface CheckedConfig {
  /** With every default filled in; null where it could not be read. */
  config: TrainConfig | null;
  problems: Problem[];
  /** What training_args.yaml will hold. */
  args: Record<string, unknown>;
}

/** Reads a configuration as the form sends it, and asks the engine. Makes nothing. */
export function checkConfig(raw: Readonly<Record<string, unknown>>, engine: Engine): CheckedConfig {
  const args = { ...ALWAYS, ...typedArguments(raw) };
  const parsed = trainConfigSchema.safeParse(args);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): Problem => ({
      argument: String(issue.path[0] ?? ""),
      severity: "error",
      message: issue.message,
    }));
    return { config: null, problems, args: engine.trainArguments(args) };
  }
  return {
    config: parsed.data,
    problems: [...engine.check(args), ...templateProblems(parsed.data)],
    args: engine.trainArguments(args),
  };
}

function templateProblems({ template }: TrainConfig): Problem[] {
  if (template === undefined || TEMPLATE_NAMES.includes(template)) return [];
  return [
    {
      argument: "template",
      severity: "error",
      message: `There is no chat template named ${template}.`,
      fix: { label: "Use the model's own", set: { template: null } },
    },
  ];
}

/** Where a run of this configuration goes: `saves/<model>/<method>/<name>`, or its output_dir. Relative to home. */
export function runFolderOf(config: TrainConfig, name: string | undefined, now = new Date()): string {
  if (name === undefined && config.output_dir) return path.normalize(config.output_dir);
  const model = folderNameFrom(path.basename(config.model_name_or_path.replace(/[\\/]+$/, ""))) || "model";
  return path.join("saves", model, config.finetuning_type, name ?? `train_${timestamp(now)}`);
}

export interface NewRunContext {
  engine: Engine;
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  preflight: Preflight;
  /** What the record says beside its id. */
  origin: Partial<RunRecord>;
}

/** Looks at what the configuration names: model, data. */
export type Preflight = (config: TrainConfig, engine: Engine) => Promise<Problem[]>;

function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

/**
 * Makes the folder of a queued run.
 * @returns its absolute path
 * @throws AppError invalid_config with the problems at their arguments; busy where the folder is taken
 */
export async function makeRunFolder(
  request: CreateRun,
  { engine, home, preflight, origin }: NewRunContext,
): Promise<string> {
  const { config, problems, args } = checkConfig(request.config, engine);
  const found = config && !hasError(problems) ? await preflight(config, engine) : [];
  const errors = [...problems, ...found].filter((problem) => problem.severity === "error");
  if (!config || errors.length > 0) {
    const first = errors[0];
    throw new AppError(
      "invalid_config",
      first
        ? `${first.argument ? `${first.argument}: ` : ""}${first.message}`
        : "The configuration cannot be read.",
      {
        problems: errors,
      },
    );
  }
  try {
    return await fillFolder(await claimFolder(config, request.name, home), args, { engine, home, origin });
  } catch (error) {
    if (isDiskFull(error)) throw diskFullError(path.join(home, "saves"), error);
    throw error;
  }
}

/** Writes arguments and record, or leaves nothing behind. @returns the folder */
async function fillFolder(
  folder: string,
  args: Record<string, unknown>,
  { engine, home, origin }: Omit<NewRunContext, "preflight">,
): Promise<string> {
  const relative = slashedPath(home, folder);
  const now = new Date().toISOString();
  const id = randomBytes(6).toString("hex");
  try {
    await writeFile(path.join(folder, ARGS_FILE), argumentYaml({ ...args, output_dir: relative }));
    for (const { file, text } of engine.generatedFiles(args)) {
      await mkdir(path.dirname(path.join(home, file)), { recursive: true });
      await writeFile(path.join(home, file), text);
    }
    if (origin.engine_reason) {
      await writeFile(path.join(folder, OUTPUT_FILE), `[INFO|${now}] tuneboard >> ${origin.engine_reason}\n`);
    }
    writeRecord(folder, freshRecord({ id, engine: engine.id, created_at: now, queued_at: now, ...origin }));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** Makes and returns the folder. */
async function claimFolder(config: TrainConfig, name: string | undefined, home: string): Promise<string> {
  const wanted = path.resolve(home, runFolderOf(config, name));
  const saves = path.join(home, "saves") + path.sep;
  if (
    !wanted.startsWith(saves) ||
    !wanted
      .slice(saves.length)
      .split(path.sep)
      .every((part) => RUN_NAME.test(part))
  ) {
    throw new AppError(
      "invalid_config",
      `output_dir: ${config.output_dir} is not a plain folder below saves/.`,
      {
        problems: [
          {
            argument: "output_dir",
            severity: "error",
            message:
              "Runs go below saves/, in folders named with letters, digits, dots, dashes and underscores.",
          },
        ],
      },
    );
  }
  await mkdir(path.dirname(wanted), { recursive: true });
  // Two starts in the same second get the same time in their names; only a name that a person chose may clash.
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? wanted : `${wanted}-${n}`;
    if (await madeFolder(candidate)) return candidate;
    if (name !== undefined || config.output_dir) {
      throw new AppError(
        "busy",
        `${path.relative(home, candidate)} exists already. Choose another name, or resume the run that is there.`,
      );
    }
  }
}

/** Makes a folder; false where there is one already. Making it is what claims the name. */
async function madeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** 2026-11-24-06-30-00 in local time, LLaMA Board's form. */
export function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())];
  return [...date, two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())].join("-");
}
