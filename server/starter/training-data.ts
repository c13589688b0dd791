/**
 * The corpus as files that the trainer reads: texts for stage pt, dialogues for stage sft in OpenAI's message format,
 * and the dataset_info.json that names them.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { chatDialogues, HARDER_TOPICS, POLISH_TOPICS, pretrainTexts } from "./corpus/corpus";
import type { Dialogue } from "./corpus/dialogue";
import { CORPUS_SIZES, SEEDS } from "./recipe";

export interface StarterCorpus {
  readonly texts: readonly string[];
  readonly dialogues: readonly Dialogue[];
  /** Dialogues of the rounds that follow. */
  readonly harder: readonly Dialogue[];
  readonly polish: readonly Dialogue[];
}

/** The corpus of the recipe. */
export function starterCorpus(): StarterCorpus {
  return {
    texts: pretrainTexts(SEEDS.pretrain, CORPUS_SIZES.pretrain),
    dialogues: chatDialogues(SEEDS.chat, CORPUS_SIZES.chat),
    harder: chatDialogues(SEEDS.harder, CORPUS_SIZES.harder, HARDER_TOPICS),
    polish: chatDialogues(SEEDS.polish, CORPUS_SIZES.polish, POLISH_TOPICS),
  };
}

/** What anybody says in the corpus, as plain strings: what the vocabulary is learned from. */
export function* spokenTexts({ texts, dialogues }: StarterCorpus, samples: number): Generator<string> {
  yield* texts.slice(0, samples);
  for (const { system, turns } of dialogues.slice(0, samples)) {
    if (system) yield system;
    for (const { user, assistant } of turns) yield* [user, assistant];
  }
}

/** Writes one dataset for each round of the recipe into `folder`. */
export async function writeTrainingData(folder: string, corpus: StarterCorpus): Promise<void> {
  await mkdir(folder, { recursive: true });
  const writeLines = (name: string, rows: readonly unknown[]) =>
    writeFile(path.join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const asMessages = (dialogue: Dialogue) => ({ messages: messagesOf(dialogue) });
  await writeLines(
    "starter_texts",
    corpus.texts.map((text) => ({ text })),
  );
  await writeLines("starter_chat", corpus.dialogues.map(asMessages));
  await writeLines("starter_harder", corpus.harder.map(asMessages));
  await writeLines("starter_polish", corpus.polish.map(asMessages));
  const info = {
    starter_texts: { file_name: "starter_texts.jsonl", columns: { prompt: "text" } },
    starter_chat: { file_name: "starter_chat.jsonl", ...OPENAI_FORMAT },
    starter_harder: { file_name: "starter_harder.jsonl", ...OPENAI_FORMAT },
    starter_polish: { file_name: "starter_polish.jsonl", ...OPENAI_FORMAT },
  };
  await writeFile(path.join(folder, "dataset_info.json"), `${JSON.stringify(info, null, 2)}\n`);
}

/** OpenAI's messages in the words of dataset_info.json. */
const OPENAI_FORMAT = {
  formatting: "sharegpt",
  columns: { messages: "messages" },
  tags: {
    role_tag: "role",
    content_tag: "content",
    user_tag: "user",
    assistant_tag: "assistant",
    system_tag: "system",
  },
} as const;

function messagesOf({ system, turns }: Dialogue): { role: string; content: string }[] {
  return [
    ...(system ? [{ role: "system", content: system }] : []),
    ...turns.flatMap(({ user, assistant }) => [
      { role: "user", content: user },
      { role: "assistant", content: assistant },
    ]),
  ];
}
