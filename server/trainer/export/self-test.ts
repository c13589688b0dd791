/**
 * Asks the exported folder what its sources are asked, greedily, and compares the answers. Merging adds in float32 and
 * stores as the base is stored, so the last bits differ; that whole answers do is worth a look.
 */
import { questionIds } from "../generate/prompt-ids";
import { GREEDY } from "../generate/sampler";
import type { ModelFolders } from "../predict/model-choice";
import { openPredictionModel } from "../predict/prediction-model";
import type { Template } from "../tokenizer/templates/template";

const QUESTIONS = ["Who are you?", "Tell me something interesting.", "What is two plus two?"];
const LONGEST_ANSWER = 48;

export interface SelfTest {
  readonly asked: number;
  /** How many answers are the same to the letter. */
  readonly equal: number;
  /** The first question that is answered otherwise. */
  readonly difference: { question: string; before: string; after: string } | null;
}

/** One model at a time is in memory. @throws AppError where one of them cannot be opened */
export async function selfTest(before: ModelFolders, after: string, template: Template): Promise<SelfTest> {
  const expected = await answers(before, template);
  const given = await answers({ modelPath: after, adapterPaths: [] }, template);
  const equal = expected.map((answer, i) => answer === given[i]);
  const first = equal.indexOf(false);
  return {
    asked: QUESTIONS.length,
    equal: equal.filter(Boolean).length,
    difference:
      first < 0 ? null : { question: QUESTIONS[first]!, before: expected[first]!, after: given[first]! },
  };
}

async function answers(folders: ModelFolders, template: Template): Promise<string[]> {
  const model = await openPredictionModel({
    ...folders,
    template,
  });
  try {
    const texts: string[] = [];
    for (const content of QUESTIONS) {
      const prompt = questionIds(template, [{ role: "user", content }]);
      const room = Math.min(LONGEST_ANSWER, model.contextLength - prompt.length);
      if (room < 1) continue;
      const { signal } = new AbortController();
      const answer = await model.predict({ prompt, sampling: GREEDY, maxNewTokens: room, signal });
      texts.push(answer?.text ?? "");
    }
    return texts;
  } finally {
    await model.dispose();
  }
}
