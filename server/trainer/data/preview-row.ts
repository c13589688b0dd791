/**
 * A row as training would see it: the text that the template makes of it, its tokens, and which of them count. It does
 * not know files or processes.
 */
import type { Encoding, RenderedRow } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import type { Template } from "../tokenizer/templates/template";
import type { Tokenizer } from "../tokenizer/tokenizer";
import { describeRow, type AlignedExample, type RowPlace } from "./aligned-example";
import type { Dataset } from "./dataset-registry";
import { checkRow } from "./dataset-rows";
import { encodeFeedback, encodePair } from "./encode-preferences";
import { encodePretraining } from "./encode-pretraining";
import { encodeSupervised } from "./encode-supervised";
import { IGNORED, type EncodedExample } from "./encoded-example";
import { alignRow } from "./load-rows";

/** Longer than any row, so that nothing is cut. */
const WHOLE = 1 << 30;

type Label = RenderedRow["texts"][number]["label"];

/** A row's texts and tokens within `cutoff_len`; a row that cannot be used says why. */
export function renderRow(template: Template, encoding: Encoding, source: RowOf): RenderedRow {
  return orProblem(source, () => {
    const whole = encodeRow(template, { ...encoding, cutoff_len: WHOLE }, source);
    const cut = encodeRow(template, encoding, source);
    return cut.map(([label, example], i) => ({
      label,
      text: template.tokenizer.decode([...example.inputIds]),
      tokens: tokenTexts(template.tokenizer, example),
      length: whole[i]![1].inputIds.length,
    }));
  });
}

/** Tokens of a row before cutting, the longer of two answers; or why it cannot be used. */
export function measureRow(
  template: Template,
  encoding: Encoding,
  source: RowOf,
): number | { problem: string } {
  const { texts, problem } = orProblem(source, () =>
    encodeRow(template, { ...encoding, cutoff_len: WHOLE }, source).map(([label, { inputIds }]) => ({
      label,
      text: "",
      tokens: [],
      length: inputIds.length,
    })),
  );
  return problem === null ? Math.max(...texts.map(({ length }) => length)) : { problem };
}

/** A row and what is known of its data set. */
export interface RowOf {
  readonly dataset: Dataset;
  readonly value: unknown;
  /** From 1. */
  readonly number: number;
}

function placeOf({ dataset, number }: RowOf): RowPlace {
  return { dataset: dataset.name, file: dataset.files[0] ?? "", number };
}

function orProblem(source: RowOf, work: () => RenderedRow["texts"]): RenderedRow {
  try {
    return { texts: work(), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const place = describeRow(placeOf(source));
    return { texts: [], problem: error.message.replace(place, "").replace(/^[\s:]+/, "") };
  }
}

function encodeRow(template: Template, encoding: Encoding, source: RowOf): [Label, EncodedExample][] {
  const { dataset, value } = source;
  const row = alignRow(dataset, checkRow(value, placeOf(source)));
  if (row.broken !== null) throw new AppError("dataset_malformed", `This row is left out: ${row.broken}.`);
  const { columns, entry } = dataset;
  if (entry.ranking) {
    const pair = encodePair(template, row, encoding.cutoff_len);
    return [
      ["chosen", pair.chosen],
      ["rejected", pair.rejected],
    ];
  }
  if (columns.kto_tag !== null && row.response.length === 2) {
    const [{ target, desirable } = missingAnswer()] = encodeFeedback(template, [row], encoding.cutoff_len);
    return [[desirable ? "chosen" : "rejected", target]];
  }
  return [["row", plainRow(template, encoding, row)]];
}

/** A row with one answer, or a text to go on with where there is none. */
function plainRow(template: Template, encoding: Encoding, row: AlignedExample): EncodedExample {
  if (row.response.length === 0) {
    const texts = [row.prompt[0]?.content ?? ""];
    const options = { cutoffLen: encoding.cutoff_len, packing: false };
    return encodePretraining(template, texts, options)[0] ?? missingAnswer();
  }
  return encodeSupervised(
    template,
    { ...row, messages: [...row.prompt, ...row.response] },
    {
      cutoffLen: encoding.cutoff_len,
      trainOnPrompt: encoding.train_on_prompt,
      maskHistory: encoding.mask_history,
    },
  );
}

function missingAnswer(): never {
  throw new AppError("dataset_malformed", "This row has no answer.");
}

/** At most so many tokens make up one letter. */
const LONGEST_LETTER = 8;
const INCOMPLETE = "\ufffd";

/**
 * What each token adds to the text. Decoders drop the space in front of a first token, so that each is decoded behind the
 * one before; a letter made of several tokens stands at the first of them.
 */
function tokenTexts(tokenizer: Tokenizer, { inputIds, labels }: EncodedExample): [string, boolean][] {
  const tokens: [string, boolean][] = [];
  for (let i = 0; i < inputIds.length;) {
    const before = i === 0 ? [] : [inputIds[i - 1]!];
    const lead = before.length === 0 ? 0 : tokenizer.decode(before).length;
    let count = 0;
    let text: string;
    do {
      count++;
      text = tokenizer.decode([...before, ...inputIds.subarray(i, i + count)]).slice(lead);
    } while (text.endsWith(INCOMPLETE) && count < LONGEST_LETTER && i + count < inputIds.length);
    for (let j = 0; j < count; j++) tokens.push([j === 0 ? text : "", labels[i + j] !== IGNORED]);
    i += count;
  }
  return tokens;
}
