/** The answers of a run in training as a table of steps and prompts, with what changed since before training. Pure. */
import { markWords, type Segment, wordsOf } from "@/components/chat/word-marks";
import type { Sample } from "@/server/contract/samples";

export interface SampledPrompt {
  id: string;
  /** The last thing that was asked. */
  question: string;
  /** Whether more was said before: a system text or earlier turns. */
  hasContext: boolean;
}

export interface SamplesModel {
  /** Steps at which the run answered, rising; 0 is before training. */
  steps: readonly number[];
  prompts: readonly SampledPrompt[];
  at: (step: number, prompt: string) => Sample | undefined;
}

/** Orders samples by step and prompt. */
export function samplesModel(samples: readonly Sample[]): SamplesModel {
  const byPlace = new Map(samples.map((sample) => [`${sample.step} ${sample.prompt}`, sample]));
  const prompts = new Map<string, SampledPrompt>();
  for (const { prompt, messages } of samples) {
    if (prompts.has(prompt)) continue;
    const question = messages.findLast((message) => message.role !== "system")?.content ?? prompt;
    prompts.set(prompt, { id: prompt, question, hasContext: messages.length > 1 });
  }
  return {
    steps: [...new Set(samples.map(({ step }) => step))].sort((a, b) => a - b),
    prompts: [...prompts.values()],
    at: (step, prompt) => byPlace.get(`${step} ${prompt}`),
  };
}

/** An answer cut into what was said before training and what was not; all as said where there is nothing to compare with. */
export function markedAnswer(base: Sample | undefined, sample: Sample): Segment[] {
  if (!base || base === sample) return sample.answer === "" ? [] : [{ text: sample.answer, changed: false }];
  return markWords(base.answer, sample.answer);
}

/** Share of an answer's words that were not said before training, 0 to 1. */
export function changedShare(base: Sample | undefined, sample: Sample): number {
  const isWord = (part: string) => /[\p{L}\p{N}]/u.test(part);
  const words = (text: string) => wordsOf(text).filter(isWord).length;
  const all = words(sample.answer);
  if (all === 0) return 0;
  const changed = markedAnswer(base, sample)
    .filter((segment) => segment.changed)
    .reduce((sum, segment) => sum + words(segment.text), 0);
  return changed / all;
}

/** The step in `steps` that lies nearest. */
export function nearestStep(steps: readonly number[], wanted: number): number {
  return steps.reduce(
    (best, step) => (Math.abs(step - wanted) < Math.abs(best - wanted) ? step : best),
    steps[0] ?? 0,
  );
}
