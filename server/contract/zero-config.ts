/**
 * DeepSpeed's ZeRO as a configuration asks for it: the names that LLaMA Board gives to the four files which it makes,
 * and what stage a value of `deepspeed` means. It does not know what stands in such a file.
 */

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

/** ZeRO's stage as far as the value tells: LLaMA Board's and LLaMA-Factory's example files, or a mapping. */
export function zeroStage(deepspeed: unknown): number | null {
  if (typeof deepspeed === "string") {
    const named = /ds_z([0-3])_/.exec(deepspeed)?.[1];
    return named === undefined ? null : Number(named);
  }
  if (typeof deepspeed !== "object" || deepspeed === null) return null;
  const zero = (deepspeed as { zero_optimization?: { stage?: unknown } }).zero_optimization;
  return typeof zero?.stage === "number" ? zero.stage : null;
}
