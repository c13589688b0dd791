/**
 * What to change after a run failed, by the cause that the contract's table tells (`failure-kinds.ts`): changed settings,
 * each a click away, and the command that mends an environment. Knows the argument names, not the pages.
 */
import type { EngineId } from "@/server/contract/api";
import { isOn, textOf } from "@/server/contract/configuration-values";
import type { FailureKind } from "@/server/contract/failure-kinds";
import { parseZeroConfigPath, zeroConfigPath } from "@/server/contract/zero-config";

type Config = Readonly<Record<string, unknown>>;

export type AdviceKind =
  | "smallerBatch"
  | "shorterCutoff"
  | "lora"
  | "fourBit"
  | "zero3"
  | "offload"
  | "lowerRate"
  | "warmup"
  | "fewerCheckpoints"
  | "useCpu"
  | "fullPrecision"
  | "ownTemplate"
  | "trustCode"
  | "noDeepspeed"
  | "freePort"
  | "newFolder"
  | "embedded"
  | "llamafactory";

export interface Advice {
  kind: AdviceKind;
  /** New values by argument name; null removes the argument. */
  set: Readonly<Record<string, unknown>>;
  /** The engine that the new run gets; the same where missing. */
  engine?: EngineId;
  /** What the words about it need. */
  values: Readonly<Record<string, string | number>>;
}

/**
 * Changes that may mend the failure, the likeliest first; each keeps the rest of the configuration. Nothing that is so
 * already.
 */
export function adviceFor(kind: FailureKind, config: Config, engine: EngineId): Advice[] {
  const found: (Advice | null)[] = (() => {
    switch (kind) {
      case "memory":
      case "killed":
        return [smallerBatch(config), shorterCutoff(config), loraInstead(config), fourBit(config, engine)];
      case "gpu_memory":
        return [
          smallerBatch(config),
          shorterCutoff(config),
          loraInstead(config),
          zero3(config),
          offload(config),
          fourBit(config, engine),
        ];
      case "diverged":
        return [lowerRate(config), warmup(config)];
      case "disk":
        return [fewerCheckpoints(config)];
      case "needs_cpu_flag":
        return [useCpu(config), fullPrecision(config), other(engine, "embedded")];
      case "cuda":
        return [useCpu(config), other(engine, "embedded")];
      case "template":
        return [ownTemplate(config)];
      case "remote_code":
        return [simple("trustCode", { trust_remote_code: true })];
      case "deepspeed_missing":
        return [noDeepspeed(config)];
      case "torchaudio":
      case "dependency":
      case "not_started":
        return [other(engine, "embedded")];
      case "port":
        return [freePort(config)];
      case "output_exists":
        return [simple("newFolder", { output_dir: null, overwrite_output_dir: null })];
      case "unsupported":
        return [other(engine, "llamafactory")];
      default:
        return [];
    }
  })();
  return found.filter((advice) => advice !== null);
}

/** What to type in a terminal to mend what a line complains about; null where no command does. */
export function mendCommand(kind: FailureKind, line: string | null): string | null {
  if (kind === "torchaudio") return 'pip install "torch==2.11.*" "torchvision==0.26.*" "torchaudio==2.11.*"';
  if (kind === "deepspeed_missing") return "pip install deepspeed";
  if (kind !== "dependency" || line === null) return null;
  const offered = /pip install ([^`'"]+)[`'"]/.exec(line)?.[1];
  if (offered) return `pip install "${offered.trim()}"`;
  const required = /ImportError: ([\w-]+[<>=!~][^\s;]*) is required/.exec(line)?.[1];
  if (required) return `pip install "${required}"`;
  const module = /No module named '?([\w.]+)/.exec(line)?.[1]?.split(".")[0];
  if (module) return `pip install ${PACKAGES[module] ?? module.replaceAll("_", "-")}`;
  const named =
    /([\w-]+) (?:package )?(?:is not installed|isn't installed|library but it was not found)/.exec(line)?.[1];
  return named ? `pip install ${named}` : null;
}

/** Packages whose names are not those of their modules. */
const PACKAGES: Readonly<Record<string, string>> = { PIL: "pillow", yaml: "pyyaml", sklearn: "scikit-learn" };

function numberOf(config: Config, key: string, fallback: number): number {
  const value = Number(config[key] ?? fallback);
  return Number.isFinite(value) ? value : fallback;
}

function simple(kind: AdviceKind, set: Advice["set"], values: Advice["values"] = {}): Advice {
  return { kind, set, values };
}

/** Half the rows at a time, twice as many times a step: the same result with less memory. */
function smallerBatch(config: Config): Advice | null {
  const batch = numberOf(config, "per_device_train_batch_size", 8);
  const accumulation = numberOf(config, "gradient_accumulation_steps", 1);
  if (batch <= 1) return null;
  // An odd batch has no half that keeps the rows per step.
  const next =
    batch % 2 === 0
      ? { batch: batch / 2, steps: accumulation * 2 }
      : { batch: 1, steps: accumulation * batch };
  return simple(
    "smallerBatch",
    { per_device_train_batch_size: next.batch, gradient_accumulation_steps: next.steps },
    { batch, accumulation, total: batch * accumulation, nextBatch: next.batch, nextAccumulation: next.steps },
  );
}

function shorterCutoff(config: Config): Advice | null {
  const cutoff = numberOf(config, "cutoff_len", 2048);
  if (cutoff < 256) return null;
  const shorter = Math.floor(cutoff / 2);
  return simple("shorterCutoff", { cutoff_len: shorter }, { from: cutoff, to: shorter });
}

function loraInstead(config: Config): Advice | null {
  const method = textOf(config.finetuning_type) || "lora";
  if (method !== "full" && method !== "freeze") return null;
  return simple("lora", { finetuning_type: "lora", lora_rank: 8 }, { rank: 8 });
}

function fourBit(config: Config, engine: EngineId): Advice | null {
  const method = textOf(config.finetuning_type) || "lora";
  if (method !== "lora" || textOf(config.quantization_bit) !== "") return null;
  return simple("fourBit", {
    quantization_bit: 4,
    ...(engine === "llamafactory" && { quantization_method: "bnb" }),
  });
}

/** Spreads what one card cannot hold over all cards. */
function zero3(config: Config): Advice | null {
  if (parseZeroConfigPath(config.deepspeed)?.stage === 3) return null;
  return {
    ...simple("zero3", { deepspeed: zeroConfigPath({ stage: 3, offload: false }) }),
    engine: "llamafactory",
  };
}

/** Keeps weights and optimizer state in the machine's own memory. */
function offload(config: Config): Advice | null {
  if (parseZeroConfigPath(config.deepspeed)?.offload) return null;
  return {
    ...simple("offload", { deepspeed: zeroConfigPath({ stage: 3, offload: true }) }),
    engine: "llamafactory",
  };
}

function lowerRate(config: Config): Advice {
  const rate = numberOf(config, "learning_rate", 5e-5);
  const lower = Number((rate / 10).toPrecision(6));
  return simple(
    "lowerRate",
    { learning_rate: lower },
    { from: rate.toExponential(1), to: lower.toExponential(1) },
  );
}

function warmup(config: Config): Advice | null {
  if (numberOf(config, "warmup_steps", 0) > 0 || numberOf(config, "warmup_ratio", 0) > 0) return null;
  return simple("warmup", { warmup_ratio: 0.1 });
}

function fewerCheckpoints(config: Config): Advice | null {
  if (isOn(config.save_only_model) && numberOf(config, "save_total_limit", 0) === 1) return null;
  return simple("fewerCheckpoints", { save_only_model: true, save_total_limit: 1 });
}

function useCpu(config: Config): Advice | null {
  return isOn(config.use_cpu) ? null : simple("useCpu", { use_cpu: true });
}

function fullPrecision(config: Config): Advice | null {
  if (!["bf16", "fp16", "pure_bf16"].some((name) => isOn(config[name]))) return null;
  return simple("fullPrecision", { bf16: null, fp16: null, pure_bf16: null, use_cpu: true });
}

function ownTemplate(config: Config): Advice | null {
  return textOf(config.template) === ""
    ? null
    : simple("ownTemplate", { template: null }, { from: textOf(config.template) });
}

function noDeepspeed(config: Config): Advice | null {
  return config.deepspeed ? simple("noDeepspeed", { deepspeed: null, FORCE_TORCHRUN: null }) : null;
}

function freePort(config: Config): Advice | null {
  return textOf(config.MASTER_PORT) === ""
    ? null
    : simple("freePort", { MASTER_PORT: null }, { from: textOf(config.MASTER_PORT) });
}

function other(engine: EngineId, to: EngineId): Advice | null {
  return engine === to ? null : { kind: to, set: {}, engine: to, values: {} };
}
