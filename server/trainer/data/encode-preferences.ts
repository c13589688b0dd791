/**
 * Rows with two answers, with a liked or disliked one, or with a prompt alone to ids and labels: the data of the stages
 * rm, dpo, kto and ppo.
 */
import type { Conversation, Message, Template } from "../tokenizer/templates/template";
import type { AlignedExample } from "./aligned-example";
import {
  IGNORED,
  plainExample,
  type EncodedExample,
  type FeedbackExample,
  type PreferencePair,
  type PromptExample,
} from "./encoded-example";
import { eosOf } from "./encode-supervised";
import { shareLength } from "./sequence-lengths";

function oneTurn(
  template: Template,
  example: AlignedExample,
  answer: Message,
): { source: number[]; target: number[] } {
  const conversation: Conversation = { ...example, messages: [...example.prompt, answer] };
  const turn = template.encodeOneTurn(conversation);
  return template.parts.efficientEos ? { ...turn, target: [...turn.target, eosOf(template)] } : turn;
}

function labelled(source: readonly number[], target: readonly number[]): EncodedExample {
  const read = new Array<number>(source.length).fill(IGNORED);
  return plainExample([...source, ...target], [...read, ...target]);
}

/** The chosen and the rejected answer after the same prompt; both are cut alike. */
export function encodePair(template: Template, example: AlignedExample, cutoffLen: number): PreferencePair {
  const chosen = oneTurn(template, example, example.response[0]!);
  const rejected = oneTurn(template, example, example.response[1]!);
  const longest = Math.max(chosen.target.length, rejected.target.length);
  const length = shareLength(chosen.source.length, longest, cutoffLen);
  const source = chosen.source.slice(0, length.source);
  return {
    chosen: labelled(source, chosen.target.slice(0, length.target)),
    rejected: labelled(source, rejected.target.slice(0, length.target)),
  };
}

/** One answer; in kto data the other one of the two is empty. */
const writtenAnswer = (response: readonly Message[]) => (response[0]!.content ? response[0]! : response[1]!);

/** Each row's answer, and the answer of the row before it (the last one's for the first) as a mismatch. */
export function encodeFeedback(
  template: Template,
  examples: readonly AlignedExample[],
  cutoffLen: number,
): FeedbackExample[] {
  const encode = (example: AlignedExample, answer: Message) => {
    const turn = oneTurn(template, example, answer);
    const length = shareLength(turn.source.length, turn.target.length, cutoffLen);
    return labelled(turn.source.slice(0, length.source), turn.target.slice(0, length.target));
  };
  return examples.map((example, i) => {
    const other = examples[(i + examples.length - 1) % examples.length]!;
    return {
      target: encode(example, writtenAnswer(example.response)),
      mismatched: encode(example, writtenAnswer(other.response)),
      desirable: example.response[0]!.content !== "",
    };
  });
}

/** A prompt and its answer as separate ids. */
export function encodePrompt(template: Template, example: AlignedExample, cutoffLen: number): PromptExample {
  const answer: Message =
    example.response.length === 1 ? example.response[0]! : { role: "assistant", content: "" };
  const turn = oneTurn(template, example, answer);
  const length = shareLength(turn.source.length, turn.target.length, cutoffLen);
  return {
    promptIds: Int32Array.from(turn.source.slice(0, length.source)),
    answerIds: Int32Array.from(turn.target.slice(0, length.target)),
  };
}
