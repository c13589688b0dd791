/**
 * DeepSpeed's ZeRO as a configuration asks for it: the names that LLaMA Board gives to the four files which it makes,
 * and what stage a value of `deepspeed` means. It does not know what stands in such a file.
 */
import { textOf } from "./configuration-values";

export interface ZeroChoice {
  readonly stage: 2 | 3;
  readonly offload: boolean;
}

/** Where LLaMA Board keeps the files, relative to the home folder. */
export const ZERO_CONFIG_FOLDER = "llamaboard_cache";

/** The value of `deepspeed` that asks for one of LLaMA Board's files. */
export function zeroConfigPath({ stage, offload }: ZeroChoice): string {
  return `${ZERO_CONFIG_FOLDER}/ds_z${stage}_${offload ? "offload_" : ""}config.json`;
}

/** What such a value asks for; null for a file of the user's own, or none. */
export function parseZeroConfigPath(deepspeed: unknown): ZeroChoice | null {
  if (typeof deepspeed !== "string") return null;
  const [, stage, offload] =
    /^llamaboard_cache[\\/]ds_z([23])_(offload_)?config\.json$/.exec(deepspeed.trim()) ?? [];
  return stage ? { stage: stage === "3" ? 3 : 2, offload: offload !== undefined } : null;
}

/** ZeRO's stage where the value tells it for sure: LLaMA Board's and LLaMA-Factory's example files, or a mapping. */
export function zeroStage(deepspeed: unknown): number | null {
  if (typeof deepspeed === "string") {
    const named = /ds_z([0-3])_/.exec(deepspeed)?.[1];
    return named === undefined ? null : Number(named);
  }
  if (typeof deepspeed !== "object" || deepspeed === null) return null;
  const zero = (deepspeed as { zero_optimization?: { stage?: unknown } }).zero_optimization;
  return typeof zero?.stage === "number" ? zero.stage : null;
}

/** What a value most likely asks for, for estimates: told from the name of any file, or from a mapping; stage 0 for none. */
export function guessZero(deepspeed: unknown): { stage: 0 | 2 | 3; offload: boolean } {
  const text =
    typeof deepspeed === "object" && deepspeed !== null ? JSON.stringify(deepspeed) : textOf(deepspeed);
  const found = /(?:z|zero|"stage":\s*)_?-?([23])/i.exec(text)?.[1];
  return {
    stage: found === "3" ? 3 : found === "2" ? 2 : 0,
    offload: found !== undefined && /offload/i.test(text),
  };
}
