/**
 * Conversations to ids and labels for supervised fine-tuning: answers are trained on, the rest is read.
 */
import { AppError } from "@/server/contract/errors";
import type { Conversation, Template } from "../tokenizer/templates/template";
import { IGNORED, plainExample, type EncodedExample } from "./encoded-example";
import { shareLength } from "./sequence-lengths";

export interface SupervisedOptions {
  readonly cutoffLen: number;
  /** Prompts are trained on as well. */
  readonly trainOnPrompt?: boolean;
  /** Only the last answer is trained on; when space runs out, the earliest turns go first. */
  readonly maskHistory?: boolean;
}

/** One row of ids with labels. Turns that do not fit into `cutoffLen` are cut, then left out. */
export function encodeSupervised(
  template: Template,
  conversation: Conversation,
  options: SupervisedOptions,
): EncodedExample {
  const { cutoffLen, trainOnPrompt = false, maskHistory = false } = options;
  const { efficientEos, preserveThinking } = template.parts;
  const discardHistoryThoughts = maskHistory && !preserveThinking;
  const turns = template.encodeTurns(conversation, { discardHistoryThoughts });
  if (maskHistory) turns.reverse();

  const pieces: { ids: number[]; labels: number[] }[] = [];
  let total = efficientEos ? 1 : 0;
  for (const [i, turn] of turns.entries()) {
    if (total >= cutoffLen) break;
    const length = shareLength(turn.source.length, turn.target.length, cutoffLen - total);
    const source = turn.source.slice(0, length.source);
    const target = turn.target.slice(0, length.target);
    total += length.source + length.target;

    const sourceLabels = trainOnPrompt ? source : new Array<number>(source.length).fill(IGNORED);
    // The eos that the turn before did not spend a position on.
    if (!trainOnPrompt && efficientEos && i > 0 && source.length > 0) sourceLabels[0] = eosOf(template);
    const targetLabels = maskHistory && i > 0 ? new Array<number>(target.length).fill(IGNORED) : target;
    pieces.push({ ids: [...source, ...target], labels: [...sourceLabels, ...targetLabels] });
  }
  if (maskHistory) pieces.reverse();
  if (efficientEos) pieces.push({ ids: [eosOf(template)], labels: [eosOf(template)] });
  return plainExample(
    pieces.flatMap((piece) => piece.ids),
    pieces.flatMap((piece) => piece.labels),
  );
}

/** @throws AppError where the tokenizer has no end token, which no template leaves it without. */
export function eosOf(template: Template): number {
  const { eos } = template.tokenizer;
  if (!eos)
    throw new AppError("invalid_config", `The tokenizer has no eos token. Choose a template that sets one.`);
  return eos.id;
}
