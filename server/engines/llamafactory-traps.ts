/**
 * Where LLaMA-Factory does something else than the configuration says, or says no only after half a minute of imports:
 * told before the start, with the change that helps or the engine that does it. Each was seen in a real run of 0.9.5 or
 * stands in its argument checks (hparams/parser.py), as far as `argument-combinations.ts` does not say it already. It does
 * not know how anything is started.
 */
import { isOn, textOf, type Configuration } from "@/server/contract/configuration-values";
import { embeddedProblems } from "@/server/contract/embedded-support";
import { launchEnvironment } from "@/server/contract/launch-variables";
import type { Problem } from "@/server/contract/problem";
import { splitList } from "@/server/contract/train-config";
import { zeroStage } from "@/server/contract/zero-config";
import { packageOf } from "./environment-troubles";

/** What is known of the environment; nulls where nobody has looked yet. */
export interface TrapFacts {
  version: string | null;
  /** Whether torch sees a graphics card there. */
  hasGpu: boolean | null;
  devices: number | null;
  /** Whether Python packages are there; those that are not named are not known. */
  modules: Readonly<Record<string, boolean>>;
  /** How to install packages there. */
  pip: string;
}

interface Trap {
  readonly argument: string;
  readonly severity?: Problem["severity"];
  readonly caught: (config: Configuration, facts: TrapFacts) => boolean;
  readonly message: string | ((config: Configuration, facts: TrapFacts) => string);
  readonly fix?: Problem["fix"];
  /** The embedded engine does what was asked for. */
  readonly embeddedDoes?: true;
}

const stageOf = (config: Configuration) => textOf(config.stage) || "sft";
const methodOf = (config: Configuration) => textOf(config.finetuning_type) || "lora";
const onCpu = (config: Configuration, facts: TrapFacts) => isOn(config.use_cpu) || facts.hasGpu === false;
const isZero3 = (config: Configuration) => zeroStage(config.deepspeed) === 3;
const hasDeepSpeed = (config: Configuration) => Boolean(config.deepspeed);
const isDistributed = (config: Configuration, facts: TrapFacts) =>
  "FORCE_TORCHRUN" in launchEnvironment(config) || hasDeepSpeed(config) || (facts.devices ?? 0) > 1;
const without = (name: string): Problem["fix"] => ({ label: `Remove ${name}`, set: { [name]: null } });
const lacks = (facts: TrapFacts, ...modules: string[]) =>
  modules.filter((module) => facts.modules[module] === false);

/** An argument that asks for a package which is not there. */
function needsPackage(argument: string, modules: string[], asked: (config: Configuration) => boolean): Trap {
  return {
    argument,
    caught: (config, facts) => asked(config) && lacks(facts, ...modules).length > 0,
    message: (_config, facts) => {
      const packages = lacks(facts, ...modules)
        .map(packageOf)
        .join(" ");
      return `${argument} needs ${packages.replaceAll(" ", ", ")}, which LLaMA-Factory's environment does not have. To install: ${facts.pip} install ${packages}`;
    },
    fix: without(argument),
  };
}

const TRAPS: readonly Trap[] = [
  {
    argument: "bf16",
    caught: (config, facts) => isOn(config.bf16) && !isOn(config.use_cpu) && facts.hasGpu === false,
    message:
      "LLaMA-Factory refuses bf16 on a machine without a graphics card unless use_cpu is set; LLaMA Board's own form fails here.",
    fix: { label: "Set use_cpu", set: { use_cpu: true } },
    embeddedDoes: true,
  },
  {
    argument: "bf16",
    severity: "warning",
    caught: (config, facts) => isOn(config.bf16) && !isOn(config.use_cpu) && facts.hasGpu === null,
    message: "Without a graphics card, LLaMA-Factory takes bf16 only together with use_cpu.",
    fix: { label: "Set use_cpu", set: { use_cpu: true } },
  },
  {
    argument: "fp16",
    severity: "warning",
    caught: (config, facts) => isOn(config.fp16) && onCpu(config, facts),
    message:
      "A processor computes in fp16 slowly and with little range; bf16 with use_cpu is the better choice.",
    fix: { label: "Use bf16 on the processor", set: { fp16: null, bf16: true, use_cpu: true } },
  },
  {
    argument: "pure_bf16",
    caught: (config, facts) => isOn(config.pure_bf16) && onCpu(config, facts),
    message: "LLaMA-Factory refuses pure_bf16 on a processor.",
    fix: { label: "Use bf16", set: { pure_bf16: null, bf16: true, use_cpu: true } },
  },
  {
    argument: "pure_bf16",
    severity: "warning",
    caught: (config, facts) => isOn(config.pure_bf16) && !onCpu(config, facts),
    message:
      "LLaMA-Factory loads weights in the type that the checkpoint has, whatever pure_bf16 says: a float32 checkpoint stays float32.",
    fix: { label: "Use bf16", set: { pure_bf16: null, bf16: true } },
  },
  {
    argument: "pref_loss",
    caught: (config) =>
      stageOf(config) === "dpo" && ["hinge", "ipo", "kto_pair"].includes(textOf(config.pref_loss)),
    message: (config) =>
      `LLaMA-Factory computes the sigmoid loss when pref_loss is ${textOf(config.pref_loss)}, without a word. The embedded engine computes what the name says.`,
    fix: { label: "Use sigmoid", set: { pref_loss: "sigmoid" } },
    embeddedDoes: true,
  },
  {
    argument: "stage",
    caught: (config, facts) => stageOf(config) === "ppo" && atMost(facts.version, "0.9.5"),
    message:
      "PPO cannot run in LLaMA-Factory 0.9.5: it asks for trl 0.9.6 at most and for trl 0.18 at least. The embedded engine trains with PPO.",
    embeddedDoes: true,
  },
  needsPackage("deepspeed", ["deepspeed"], (config) => hasDeepSpeed(config)),
  needsPackage("USE_RAY", ["ray"], (config) => isOn(config.USE_RAY)),
  needsPackage("do_predict", ["jieba", "nltk", "rouge_chinese"], (config) => isOn(config.do_predict)),
  needsPackage(
    "quantization_bit",
    ["bitsandbytes"],
    (config) =>
      textOf(config.quantization_bit) !== "" && ["", "bnb"].includes(textOf(config.quantization_method)),
  ),
  needsPackage("use_unsloth", ["unsloth"], (config) => isOn(config.use_unsloth)),
  needsPackage("enable_liger_kernel", ["liger_kernel"], (config) => isOn(config.enable_liger_kernel)),
  needsPackage("flash_attn", ["flash_attn"], (config) => ["fa2", "fa3"].includes(textOf(config.flash_attn))),
  needsPackage("use_galore", ["galore_torch"], (config) => isOn(config.use_galore)),
  needsPackage("use_apollo", ["apollo_torch"], (config) => isOn(config.use_apollo)),
  needsPackage("use_badam", ["badam"], (config) => isOn(config.use_badam)),
  needsPackage("use_swanlab", ["swanlab"], (config) => isOn(config.use_swanlab)),
  {
    argument: "quantization_bit",
    caught: (config, facts) => textOf(config.quantization_bit) !== "" && onCpu(config, facts),
    message: "LLaMA-Factory's quantised bases need a graphics card.",
    fix: without("quantization_bit"),
    embeddedDoes: true,
  },
  {
    argument: "resize_vocab",
    caught: (config) => textOf(config.quantization_bit) !== "" && isOn(config.resize_vocab),
    message: "The embeddings of a quantised model cannot be resized.",
    fix: without("resize_vocab"),
  },
  {
    argument: "create_new_adapter",
    caught: (config) => textOf(config.quantization_bit) !== "" && isOn(config.create_new_adapter),
    message: "A quantised model takes no second adapter: continue the one it has.",
    fix: without("create_new_adapter"),
  },
  {
    argument: "adapter_name_or_path",
    caught: (config) =>
      textOf(config.quantization_bit) !== "" && splitList(textOf(config.adapter_name_or_path)).length > 1,
    message: "A quantised model takes a single adapter; merge them first.",
  },
  {
    argument: "pissa_init",
    caught: (config) =>
      isOn(config.pissa_init) && (textOf(config.quantization_bit) !== "" || isZero3(config)),
    message: "PiSSA can be initialised neither on a quantised model nor under ZeRO-3.",
    fix: { label: "Remove PiSSA", set: { pissa_init: null, pissa_convert: null } },
  },
  {
    argument: "predict_with_generate",
    caught: (config) => isOn(config.predict_with_generate) && isZero3(config),
    message: "predict_with_generate cannot run under ZeRO-3.",
    fix: without("deepspeed"),
  },
  {
    argument: "compute_accuracy",
    caught: (config) => isOn(config.predict_with_generate) && isOn(config.compute_accuracy),
    message: "predict_with_generate and compute_accuracy exclude each other.",
    fix: without("compute_accuracy"),
  },
  {
    argument: "badam_mode",
    caught: (config, facts) =>
      isOn(config.use_badam) &&
      isDistributed(config, facts) &&
      (textOf(config.badam_mode) === "ratio" || !isZero3(config)),
    message: "BAdam on several devices runs layer by layer and under ZeRO-3 only.",
    fix: without("use_badam"),
  },
  {
    argument: "resume_from_checkpoint",
    caught: (config) =>
      textOf(config.resume_from_checkpoint) !== "" &&
      ["rm", "ppo"].includes(stageOf(config)) &&
      methodOf(config) !== "oft",
    severity: "warning",
    message:
      "In the stages rm and ppo LLaMA-Factory resumes optimizer and step count but not the value head; with LoRA it asks to continue the adapter instead.",
  },
  {
    argument: "infer_backend",
    caught: (config) => ["vllm", "sglang"].includes(textOf(config.infer_backend)),
    message: "vLLM and SGLang answer chats; LLaMA-Factory cannot train with them.",
    fix: without("infer_backend"),
  },
  {
    argument: "NODE_RANK",
    caught: (config) => Number(textOf(config.NODE_RANK) || 0) >= Number(textOf(config.NNODES) || 1),
    message: "NODE_RANK counts from 0, so it must be smaller than NNODES.",
    fix: { label: "Remove NODE_RANK", set: { NODE_RANK: null } },
  },
  {
    argument: "MASTER_ADDR",
    caught: (config) => Number(textOf(config.NNODES) || 1) > 1 && textOf(config.MASTER_ADDR) === "",
    message: "Several machines meet at the address of the first one: set MASTER_ADDR and MASTER_PORT.",
  },
  {
    argument: "FORCE_TORCHRUN",
    caught: (config) =>
      Number(textOf(config.NNODES) || 1) > 1 && !isOn(config.FORCE_TORCHRUN) && !hasDeepSpeed(config),
    severity: "warning",
    message: "With one device on this machine NNODES is not looked at unless FORCE_TORCHRUN is set.",
    fix: { label: "Set FORCE_TORCHRUN", set: { FORCE_TORCHRUN: true } },
  },
  {
    argument: "CUDA_VISIBLE_DEVICES",
    caught: (config, { devices }) =>
      devices !== null &&
      splitList(textOf(config.CUDA_VISIBLE_DEVICES)).some(
        (each) => /^\d+$/.test(each) && Number(each) >= devices,
      ),
    message: (_config, { devices }) =>
      devices === 0
        ? "This machine has no graphics card to choose."
        : `This machine's graphics cards are numbered from 0 to ${devices! - 1}.`,
    fix: without("CUDA_VISIBLE_DEVICES"),
  },
  {
    argument: "NPROC_PER_NODE",
    caught: (config, { devices }) =>
      devices === 0 &&
      (isOn(config.FORCE_TORCHRUN) || hasDeepSpeed(config)) &&
      textOf(config.NPROC_PER_NODE) === "",
    message: "torchrun gets one process for each graphics card, and there is none: it would refuse to start.",
    fix: { label: "One process", set: { NPROC_PER_NODE: 1 } },
  },
  {
    argument: "NPROC_PER_NODE",
    caught: (config, { devices }) =>
      devices !== null && devices > 0 && Number(textOf(config.NPROC_PER_NODE) || 1) > devices,
    message: (_config, { devices }) => `There are more processes than graphics cards (${devices}).`,
    fix: without("NPROC_PER_NODE"),
  },
];

/** The traps that a configuration would walk into. */
export function trapProblems(config: Configuration, facts: TrapFacts): Problem[] {
  return TRAPS.filter(({ caught }) => caught(config, facts)).map(
    ({ argument, severity = "error", message, fix, embeddedDoes }) => ({
      argument,
      severity,
      message: typeof message === "string" ? message : message(config, facts),
      ...(fix && { fix }),
      ...(embeddedDoes && embeddedCan(config) && { engine: "embedded" as const }),
    }),
  );
}

/** Whether the embedded engine takes the configuration as it is: only then is it a way out. */
function embeddedCan(config: Configuration): boolean {
  return embeddedProblems(config).every(({ severity }) => severity !== "error");
}

/** Whether a version is known and not later than `limit`; pre-releases count as their release. */
function atMost(version: string | null, limit: string): boolean {
  if (version === null) return true;
  const numbers = (text: string) => text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [given, last] = [numbers(version), numbers(limit)];
  for (let i = 0; i < 3; i++) {
    const difference = (given[i] ?? 0) - (last[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}
