/**
 * In which type a graphics card should compute, where a configuration leaves it open or asks for one that the card lacks:
 * told before the start, with the change that suits the card. It knows cards by the names that torch gives them.
 */
import { isOn, type Configuration } from "@/server/contract/configuration-values";
import type { Problem } from "@/server/contract/problem";

/** Cards older than Ampere: they have fp16 and no bf16. */
const WITHOUT_BF16 =
  /\b(V100|T4|P100|P40|P4|K80|M40|M60|GTX \d+|GeForce (9|10|16|20)\d\d|RTX 20\d\d|TITAN (V|X|Xp|RTX)|Quadro)\b/i;

/** @param cards the names of the cards that LLaMA-Factory sees; none where it trains on the processor */
export function precisionProblems(config: Configuration, cards: readonly string[]): Problem[] {
  if (cards.length === 0 || isOn(config.use_cpu)) return [];
  const old = cards.find((card) => WITHOUT_BF16.test(card));
  if (old !== undefined && (isOn(config.bf16) || isOn(config.pure_bf16))) {
    return [
      {
        argument: isOn(config.bf16) ? "bf16" : "pure_bf16",
        severity: "warning",
        message: `${old} has no bf16 of its own: torch emulates it slowly, or refuses it. fp16 is the type that this card is fast in.`,
        fix: { label: "Use fp16", set: { bf16: null, pure_bf16: null, fp16: true } },
      },
    ];
  }
  if (isOn(config.bf16) || isOn(config.fp16) || isOn(config.pure_bf16)) return [];
  const type = old === undefined ? "bf16" : "fp16";
  return [
    {
      argument: type,
      severity: "warning",
      message: `Training computes in float32, which is slower on a graphics card and needs more memory for activations. ${type} suits this one.`,
      fix: { label: `Use ${type}`, set: { [type]: true } },
    },
  ];
}
