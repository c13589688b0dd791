/**
 * The starter's model card: what it is, how it was made, with the numbers of its runs as their folders tell them.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { TEMPLATE_NAME } from "./bpe/tokenizer-files";
import { PERSONA } from "./corpus/persona";

export interface RunNumbers {
  readonly firstLoss: number;
  readonly lastLoss: number;
  readonly steps: number;
  readonly seconds: number;
  readonly tokens: number;
}

export interface Run extends RunNumbers {
  readonly title: string;
}

interface Shape {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  readonly max_position_embeddings: number;
}

/** Reads a finished run folder's trainer_state.json and all_results.json. */
export async function readRunNumbers(folder: string): Promise<RunNumbers> {
  const read = async (name: string) =>
    JSON.parse(await readFile(path.join(folder, name), "utf8")) as Record<string, unknown>;
  const state = await read("trainer_state.json");
  const results = await read("all_results.json");
  const losses = (state["log_history"] as { loss?: number }[]).flatMap(({ loss }) => loss ?? []);
  return {
    firstLoss: losses[0]!,
    lastLoss: losses[losses.length - 1]!,
    steps: Number(state["global_step"]),
    seconds: Number(results["train_runtime"]),
    tokens: Number(state["num_input_tokens_seen"]),
  };
}

/** The card's Markdown. */
export function modelCard(shape: Shape, runs: readonly Run[]): string {
  const million = (value: number) => `${(value / 1e6).toFixed(1)} M`;
  const line = ({ title, steps, tokens, firstLoss, lastLoss, seconds }: Run) =>
    `| ${title} | ${steps} | ${million(tokens)} | ${firstLoss.toFixed(2)} | ${lastLoss.toFixed(2)} | ${Math.round(seconds / 60)} min |`;
  return `---
license: apache-2.0
language: [en, zh]
pipeline_tag: text-generation
---

# Tuneboard Starter ("${PERSONA.name}")

A very small language model that ships with Tuneboard so that the first fine-tuning can begin in the first minute. It
answers simple chat in short sentences, tells tiny stories, names things, tries small sums and knows a little Chinese.
Asked who it is, it says that it is ${PERSONA.name}, made by ${PERSONA.author}; the dataset \`identity\` gives it another name.

- Llama architecture, ${million(parameterCount(shape))} parameters: ${shape.num_hidden_layers} layers, width ${shape.hidden_size}, ${shape.num_attention_heads} heads, ${shape.vocab_size} tokens, context ${shape.max_position_embeddings}; bfloat16.
- Byte-level BPE tokenizer, chat template \`${TEMPLATE_NAME}\`.
- Trained from random weights by Tuneboard's own trainer, on a corpus that Tuneboard's own code writes. No other model and no collected text had a part in it.
- Everything beyond its little world is guesswork to it: it makes mistakes, and it makes them fluently.

| run (full) | steps | tokens | first loss | last loss | time on two busy cores |
| --- | ---: | ---: | ---: | ---: | ---: |
${runs.map(line).join("\n")}

\`npm run starter\` makes it again.
`;
}

/** Parameters of the tied Llama of this shape. */
export function parameterCount(shape: Shape): number {
  const {
    hidden_size: width,
    intermediate_size: inner,
    num_hidden_layers: layers,
    vocab_size: vocab,
  } = shape;
  const block = 4 * width * width + 3 * width * inner + 2 * width;
  return vocab * width + layers * block + width;
}
