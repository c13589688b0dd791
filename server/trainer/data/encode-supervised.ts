/**
 * Conversations to ids and labels for supervised fine-tuning: answers are trained on, the rest is read.
 */
import { AppError } from "@/server/contract/errors";
import type { Conversation, Template } from "../tokenizer/templates/template";
import { IGNORED, type EncodedExample } from "./encoded-example";
import { shareLength } from "./sequence-lengths";

export interface SupervisedOptions {
  readonly cutoffLen: number;
  /** Prompts are trained on as well. */
  readonly trainOnPrompt?: boolean;
  /** Only the last answer is trained on; when space runs out, the earliest turns go first. */
  readonly maskHistory?: boolean;
}

export interface SupervisedExample extends EncodedExample {
  /** Whether the conversation was longer than `cutoffLen`. */
  readonly cut: boolean;
}

/** One row of ids with labels. Turns that do not fit into `cutoffLen` are cut, then left out. */
export function encodeSupervised(
  template: Template,
  conversation: Conversation,
  options: SupervisedOptions,
): SupervisedExample {
  const { cutoffLen, trainOnPrompt = false, maskHistory = false } = options;
  const { efficientEos, preserveThinking } = template.parts;
  const discardHistoryThoughts = maskHistory && !preserveThinking;
  const turns = template.encodeTurns(conversation, { discardHistoryThoughts });
  if (maskHistory) turns.reverse();

  const pairs: [Stretch, Stretch][] = [];
  let total = efficientEos ? 1 : 0;
  for (const [i, turn] of turns.entries()) {
    if (total >= cutoffLen) break;
    const length = shareLength(turn.source.length, turn.target.length, cutoffLen - total);
    total += length.source + length.target;
    // The eos that the turn before did not spend a position on.
    const lateEos = efficientEos && !trainOnPrompt && i > 0 ? eosOf(template) : null;
    pairs.push([
      { ids: turn.source, length: length.source, trained: trainOnPrompt, firstLabel: lateEos },
      { ids: turn.target, length: length.target, trained: !maskHistory || i === 0, firstLabel: null },
    ]);
  }
  if (maskHistory) pairs.reverse();
  const stretches = pairs.flat();
  if (efficientEos) stretches.push({ ids: [eosOf(template)], length: 1, trained: true, firstLabel: null });
  const wanted = turns.reduce(
    (sum, turn) => sum + turn.source.length + turn.target.length,
    efficientEos ? 1 : 0,
  );
  return { ...join(stretches), cut: total < wanted };
}

/** The first `length` of some ids, and what is learned from them. */
interface Stretch {
  readonly ids: readonly number[];
  readonly length: number;
  readonly trained: boolean;
  /** Label of the first position where it differs from the rest. */
  readonly firstLabel: number | null;
}

function join(stretches: readonly Stretch[]): EncodedExample {
  const total = stretches.reduce((sum, stretch) => sum + stretch.length, 0);
  const inputIds = new Int32Array(total);
  const labels = new Int32Array(total).fill(IGNORED);
  let at = 0;
  for (const { ids, length, trained, firstLabel } of stretches) {
    for (let i = 0; i < length; i++) inputIds[at + i] = ids[i]!;
    if (trained) labels.set(inputIds.subarray(at, at + length), at);
    if (firstLabel !== null && length > 0) labels[at] = firstLabel;
    at += length;
  }
  return { inputIds, labels, attentionMask: null, positionIds: null };
}

/** @throws AppError where the tokenizer has no end token, which no template leaves it without. */
export function eosOf(template: Template): number {
  const { eos } = template.tokenizer;
  if (!eos)
    throw new AppError("invalid_config", `The tokenizer has no eos token. Choose a template that sets one.`);
  return eos.id;
}
