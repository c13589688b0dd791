/**
 * `tuneboard preview`: answers the console's questions about rows until its input ends. Tokenizers stay loaded between
 * questions; no model is ever read. It does not know files of data sets.
 */
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import {
  datasetColumns,
  datasetEntrySchema,
  datasetTags,
  DATASET_INFO_FILE,
} from "@/server/contract/dataset-info";
import type { Encoding } from "@/server/contract/datasets";
import { toWire } from "@/server/contract/errors";
import {
  previewRequestSchema,
  type PreviewReply,
  type PreviewRequest,
} from "@/server/contract/preview-protocol";
import { loadTokenizer } from "../tokenizer/load-tokenizer";
import { getTemplate } from "../tokenizer/templates/get-template";
import type { Template } from "../tokenizer/templates/template";
import type { Dataset } from "./dataset-registry";
import { measureRow, renderRow } from "./preview-row";

/** Templates bound to tokenizers that are kept. */
const MOST_KEPT = 4;

/** Reads requests line by line and answers them in order; settles when the input ends. */
export async function servePreviews(input: Readable, output: Writable): Promise<void> {
  const templates = new Map<string, Promise<Template>>();
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const request = previewRequestSchema.parse(JSON.parse(line));
    output.write(`${JSON.stringify(await answer(request, templates))}\n`);
  }
}

async function answer(
  request: PreviewRequest,
  templates: Map<string, Promise<Template>>,
): Promise<PreviewReply> {
  const { id, kind, encoding, rows, offset } = request;
  try {
    const template = await templateOf(encoding, templates);
    const dataset = datasetOf(request);
    const sources = rows.map((value, i) => ({ dataset, value, number: offset + i + 1 }));
    if (kind === "render") return { id, rendered: sources.map((row) => renderRow(template, encoding, row)) };
    const measured = sources.map((row) => measureRow(template, encoding, row));
    const unusable = measured.find((each) => typeof each === "object");
    return {
      id,
      lengths: measured.map((each) => (typeof each === "number" ? each : null)),
      problem: unusable?.problem ?? null,
    };
  } catch (error) {
    return { id, error: toWire(error).message };
  }
}

function datasetOf({ name, entry }: PreviewRequest): Dataset {
  const parsed = datasetEntrySchema.parse(entry);
  return {
    name,
    entry: parsed,
    columns: datasetColumns(parsed),
    tags: datasetTags(parsed),
    files: [parsed.file_name ?? name],
    registryFile: DATASET_INFO_FILE,
  };
}

function templateOf(encoding: Encoding, templates: Map<string, Promise<Template>>): Promise<Template> {
  const { model_name_or_path, template, train_on_prompt, enable_thinking } = encoding;
  const key = JSON.stringify([model_name_or_path, template, train_on_prompt, enable_thinking]);
  const known = templates.get(key);
  if (known) return known;
  const opening = loadTokenizer(model_name_or_path).then((tokenizer) =>
    getTemplate(template, tokenizer, { trainOnPrompt: train_on_prompt, enableThinking: enable_thinking }),
  );
  opening.catch(() => templates.delete(key));
  templates.set(key, opening);
  const oldest = templates.keys().next().value;
  if (templates.size > MOST_KEPT && oldest !== undefined) templates.delete(oldest);
  return opening;
}
