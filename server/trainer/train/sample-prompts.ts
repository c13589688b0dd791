/** Reads `sample_prompts`: a list of prompts, or a .json or .jsonl file of them, in the form that `contract/samples.ts` defines. */
import { readFile } from "node:fs/promises";
import { ZodError } from "zod";
import { AppError } from "../../contract/errors";
import { parseSamplePrompts, type SamplePrompt } from "../../contract/samples";
import type { TrainConfig } from "../../contract/train-config";

/**
 * @returns the prompts, none where the configuration names none; relative paths start from the working directory
 * @throws AppError invalid_config naming the file and the entry that is wrong, or two prompts of one id
 */
export async function readSamplePrompts({
  sample_prompts: given,
}: Pick<TrainConfig, "sample_prompts">): Promise<SamplePrompt[]> {
  if (given === undefined) return [];
  const source = typeof given === "string" ? given : "the list";
  const prompts = parse(typeof given === "string" ? await readEntries(given) : given, source);
  const seen = new Set<string>();
  for (const { id, messages } of prompts) {
    if (seen.has(id)) throw wrong(source, `two prompts have the id "${id}". Give each its own.`);
    seen.add(id);
    checkTurns(messages, (what) => wrong(source, `prompt "${id}" ${what}`));
  }
  return prompts;
}

async function readEntries(file: string): Promise<unknown> {
  let text: string;
  try {
    text = (await readFile(file, "utf8")).replace(/^\ufeff/, "");
  } catch (cause) {
    throw wrong(
      file,
      "the file cannot be read. Name a .json or .jsonl file, or write the prompts as a list.",
      cause,
    );
  }
  try {
    if (!file.toLowerCase().endsWith(".jsonl")) return JSON.parse(text);
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch (cause) {
    throw wrong(file, `it is not valid JSON: ${(cause as Error).message}`, cause);
  }
}

function parse(entries: unknown, source: string): SamplePrompt[] {
  try {
    const prompts = parseSamplePrompts(entries);
    if (prompts.length > 0) return prompts;
  } catch (cause) {
    if (!(cause instanceof ZodError)) throw cause;
    const place = cause.issues[0]?.path[0];
    const where = typeof place === "number" ? `entry ${place + 1}` : "it";
    throw wrong(
      source,
      `${where} is not a prompt. Write "a question", {"id": "name", "prompt": "a question"} or {"messages": [{"role": "user", "content": "…"}]}.`,
      cause,
    );
  }
  throw wrong(source, "it holds no prompt.");
}

/** Templates have questions (user, tool) and answers in turn, and a question at the end. */
function checkTurns(messages: SamplePrompt["messages"], wrongly: (what: string) => AppError): void {
  const turns = messages[0]?.role === "system" ? messages.slice(1) : messages;
  const outOfTurn = turns.find(({ role }, i) => (i % 2 === 0) !== (role === "user" || role === "tool"));
  if (outOfTurn) throw wrongly(`has a message of the ${outOfTurn.role} out of turn.`);
  if (turns.length % 2 === 0) throw wrongly("must end with a message of the user or of a tool.");
}

function wrong(source: string, what: string, cause?: unknown): AppError {
  return new AppError("invalid_config", `sample_prompts: ${source}: ${what}`, { cause });
}
