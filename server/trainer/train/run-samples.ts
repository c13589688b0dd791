/**
 * The same questions answered at step 0 and at every checkpoint, into samples.jsonl. A model of its own is opened from the
 * saved files for it and closed again, so the model in training, its random streams and its losses know nothing of it.
 */
import path from "node:path";
import { readFile } from "node:fs/promises";
import { AppError } from "../../contract/errors";
import { parseSamples, SAMPLES_FILE, type Sample, type SamplePrompt } from "../../contract/samples";
import { isMissing } from "../checkpoint/json-file";
import { questionIds } from "../generate/prompt-ids";
import { GREEDY } from "../generate/sampler";
import { startingModel, trainedModel } from "../predict/model-choice";
import { openPredictionModel, type PredictionModel } from "../predict/prediction-model";
import type { Template } from "../tokenizer/templates/template";
import { openLineFile } from "./line-file";
import { pythonJson, rounded } from "./python-format";
import type { RunContext } from "./train-run";

export interface RunSamples {
  /**
   * Answers what this step has no answer to yet; less where a stop is asked for meanwhile.
   * @param saved the folder with the trained weights; null: the model that training begins from
   */
  answer(step: number, saved: string | null): Promise<void>;
}

export interface RunSamplesOptions {
  readonly prompts: readonly SamplePrompt[];
  readonly template: Template;
  readonly context: RunContext;
}

/** A run that resumes goes on in its samples.jsonl; others begin it anew. @throws AppError where a prompt cannot be encoded */
export function openRunSamples({ prompts, template, context }: RunSamplesOptions): RunSamples {
  const { config, folder, log, signal } = context;
  const file = path.join(folder.path, SAMPLES_FILE);
  openLineFile(file, { keep: folder.checkpoint !== null }).close();
  const asked = prompts.map((prompt) => ({ ...prompt, ids: promptIds(prompt, template, config.stage) }));
  let impossible = false;

  const ask = async (model: PredictionModel, step: number, { id, messages, ids }: (typeof asked)[number]) => {
    if (ids.length >= model.contextLength) {
      throw new AppError(
        "invalid_config",
        `prompt "${id}" has ${ids.length} tokens, and the model's context is ${model.contextLength}. Shorten it.`,
      );
    }
    const start = performance.now();
    const prediction = await model.predict({
      prompt: ids,
      sampling: { ...GREEDY, seed: config.seed },
      maxNewTokens: config.sample_max_new_tokens,
      signal,
    });
    if (!prediction) return;
    const { text: answer, tokens, ended } = prediction;
    const seconds = rounded((performance.now() - start) / 1000, 3);
    const sample: Sample = { step, prompt: id, messages: [...messages], answer, tokens, seconds, ended };
    append(file, sample);
  };

  return {
    async answer(step, saved) {
      const done = new Set(
        (await readSamples(file)).filter((one) => one.step === step).map((one) => one.prompt),
      );
      const open = asked.filter(({ id }) => !done.has(id));
      if (open.length === 0 || impossible || signal.aborted) return;
      log.info(`Answering ${open.length} sample prompts at step ${step}`);
      try {
        const model = await openPredictionModel({
          ...(saved === null ? startingModel(config) : trainedModel(config, saved)),
          template,
        });
        try {
          for (const prompt of open) if (!signal.aborted) await ask(model, step, prompt);
        } finally {
          await model.dispose();
        }
      } catch (error) {
        // A question is no reason to lose a training: it is told, and not tried again.
        if (!(error instanceof AppError) || error.code === "disk_full") throw error;
        impossible = true;
        log.warn(`sample_prompts: ${error.message} No further samples are written.`);
      }
    },
  };
}

async function readSamples(file: string): Promise<Sample[]> {
  try {
    return parseSamples(await readFile(file, "utf8"));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Opened for every line: minutes lie between two of them, and somebody may have cleared the folder meanwhile. */
function append(file: string, sample: Sample): void {
  const lines = openLineFile(file, { keep: true });
  try {
    lines.append(pythonJson({ ...sample, messages: sample.messages.map((message) => ({ ...message })) }));
  } finally {
    lines.close();
  }
}

/** As training encodes the same turns; in pretraining the last message's text is gone on with as it is. */
function promptIds({ messages }: SamplePrompt, template: Template, stage: string): readonly number[] {
  if (stage === "pt") {
    const { tokenizer } = template;
    const opening = tokenizer.addsBos ? (tokenizer.bos?.token ?? "") : "";
    return tokenizer.encode(opening + messages.at(-1)!.content);
  }
  return questionIds(template, messages);
}
