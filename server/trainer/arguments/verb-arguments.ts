/**
 * The arguments of the verbs that answer and write models (`api`, `chat`, `export`): LLaMA-Factory's names, a schema each.
 * What a verb refuses is told with its reason, what it has no use for is noted, what nobody knows is an error.
 */
import { z } from "zod";
import { argumentSpec } from "../../contract/argument-table";
import { unknownArgument } from "../../contract/embedded-support";
import type { Problem } from "../../contract/problem";
import { splitList } from "../../contract/train-config";
import { invalidArguments, readArgumentWords } from "./argument-words";

/** Text; an empty one and null are none. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : null));

/** Names in a list or between commas. */
export const commaList = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((value) => (Array.isArray(value) ? value : splitList(value)));

/** What a verb makes of a value of an argument that its schema does not have. */
export type Verdict =
  /** The verb would do something else than was asked for: the message says why, and the way out. */
  | { readonly refused: string }
  /** Asks for nothing. */
  | "idle"
  /** Changes nothing here; said in a note. */
  | "no effect";

export interface Verb<S extends z.ZodObject> {
  readonly schema: S;
  /** "answers": what an argument without effect has none on. */
  readonly purpose: string;
  /** @param value never undefined */
  readonly judge: (argument: string, value: unknown) => Verdict;
}

export interface VerbArguments<S extends z.ZodObject> {
  readonly config: z.infer<S>;
  /** What was accepted but has no effect, in words. */
  readonly notes: readonly string[];
}

/**
 * Reads the words after a verb and checks them.
 * @throws AppError invalid_config naming the source, and the key and value of every problem
 */
export async function readVerbArguments<S extends z.ZodObject>(
  words: readonly string[],
  { schema, purpose, judge }: Verb<S>,
): Promise<VerbArguments<S>> {
  const { source, raw } = await readArgumentWords(words);
  const problems: Problem[] = [];
  const notes: string[] = [];
  for (const [argument, value] of Object.entries(raw)) {
    if (argument in schema.shape) continue;
    const verdict = judge(argument, value);
    if (verdict === "idle") continue;
    if (verdict !== "no effect") problems.push(refusedArgument(argument, value, verdict.refused));
    else if (argumentSpec(argument)) notes.push(`${argument} has no effect on ${purpose} here.`);
    else problems.push(unknownArgument(argument, value));
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) problems.push(...parsed.error.issues.map(malformedArgument));
  if (problems.length > 0 || !parsed.success) throw invalidArguments(source, problems);
  return { config: parsed.data, notes };
}

function refusedArgument(argument: string, value: unknown, reason: string): Problem {
  const message = `${argument}: ${JSON.stringify(value)} is not supported here${reason}`;
  return { argument, severity: "error", message };
}

function malformedArgument({ path, message }: z.core.$ZodIssue): Problem {
  const argument = path.join(".");
  return { argument, severity: "error", message: `${argument}: ${message}.` };
}
