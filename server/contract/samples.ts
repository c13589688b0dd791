/**
 * Answers of a model in training to the same questions at every checkpoint: what may be asked (`sample_prompts`), and
 * samples.jsonl, which the run writes and the compare timeline reads. It knows no models and no files.
 *
 * `sample_prompts` is a list, or the path of a .json file (a list) or a .jsonl file (one entry a line). An entry is
 *   "Who are you?"                                        a question, or in stage pt a text to go on with
 *   { "prompt": "Who are you?", "id": "identity" }        the same with a name of its own
 *   [{ "role": "user", "content": "…" }, …]               a conversation that ends with the user's (or a tool's) message
 *   { "messages": […], "id": "…" }                        the same with a name; a first message "system" is the system text
 * An entry without an id is called by its place: "1", "2", …
 *
 * samples.jsonl has one line for every prompt and step. Step 0 is the model that training began from. Where a run went on
 * from an earlier checkpoint, a prompt and a step may come twice: the last line counts.
 */
import { z } from "zod";

export { SAMPLES_FILE } from "./run-files";

export const sampleMessageSchema = z.object({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
});
export type SampleMessage = z.infer<typeof sampleMessageSchema>;

const idSchema = z.union([z.string().trim().min(1).max(100), z.number().transform(String)]).optional();
const textSchema = z.string().min(1, "A prompt needs text.");
const messagesSchema = z.array(sampleMessageSchema).min(1, "A conversation needs a message.");

/** One entry of `sample_prompts` as it may be written. */
export const samplePromptEntrySchema = z.union([
  textSchema,
  messagesSchema,
  z.object({ id: idSchema, prompt: textSchema }),
  z.object({ id: idSchema, messages: messagesSchema }),
]);

export interface SamplePrompt {
  readonly id: string;
  readonly messages: readonly SampleMessage[];
}

/**
 * Entries in their one form.
 * @throws z.ZodError whose paths begin with the entry's index
 */
export function parseSamplePrompts(entries: unknown): SamplePrompt[] {
  const asking = (content: string): SampleMessage[] => [{ role: "user", content }];
  return z
    .array(samplePromptEntrySchema)
    .parse(entries)
    .map((entry, i) => {
      const id = String(i + 1);
      if (typeof entry === "string") return { id, messages: asking(entry) };
      if (Array.isArray(entry)) return { id, messages: entry };
      if ("prompt" in entry) return { id: entry.id ?? id, messages: asking(entry.prompt) };
      return { id: entry.id ?? id, messages: entry.messages };
    });
}

/** One line of samples.jsonl. */
export const sampleSchema = z.object({
  /** Optimizer steps done when the answer was given; 0 is the model before training. */
  step: z.number().int().min(0),
  /** The prompt's id. */
  prompt: z.string(),
  messages: z.array(sampleMessageSchema),
  /** Greedy: equal weights give equal answers. Special tokens are left out. */
  answer: z.string(),
  /** Tokens of the answer, without the one that ended it. */
  tokens: z.number().int().min(0),
  seconds: z.number().min(0),
  /** Whether the model ended the answer itself; false: `sample_max_new_tokens` cut it. */
  ended: z.boolean(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** The samples in a file's text, each prompt and step once, by step and then in the prompts' order; half lines are passed over. */
export function parseSamples(text: string): Sample[] {
  const found = new Map<string, Sample>();
  for (const line of text.split("\n")) {
    const sample = parseLine(line);
    if (sample) found.set(`${sample.step} ${sample.prompt}`, sample);
  }
  const order = new Map<string, number>();
  for (const { prompt } of found.values()) if (!order.has(prompt)) order.set(prompt, order.size);
  return [...found.values()].sort((a, b) => a.step - b.step || order.get(a.prompt)! - order.get(b.prompt)!);
}

function parseLine(line: string): Sample | null {
  try {
    return sampleSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
