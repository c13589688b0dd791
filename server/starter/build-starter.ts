/**
 * Makes the starter model from nothing: corpus, vocabulary, random weights, training runs, bfloat16. The training
 * itself is `tuneboard train` in a process of its own, with the arguments of `recipe.ts` as its YAML file.
 */
import { spawn } from "node:child_process";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";
import { AppError } from "../contract/errors";
import { openModelFolder, writeModelFolder } from "../trainer/checkpoint/model-folder";
import {
  CONTEXT_LENGTH,
  starterConfig,
  starterGenerationConfig,
  writeUntrainedModel,
  type TokenNumbers,
} from "./architecture";
import {
  addedTokenIds,
  embeddingRows,
  EOS_TOKEN,
  PAD_TOKEN,
  TOKENIZER_FILES,
  writeTokenizerFiles,
} from "./bpe/tokenizer-files";
import { trainBpe, type Bpe } from "./bpe/train-bpe";
import { writeShippedDatasets } from "./datasets/shipped-datasets";
import { modelCard, readRunNumbers, type Run } from "./model-card";
import { roundArguments, ROUNDS, SEEDS, VOCABULARY, VOCABULARY_SAMPLES } from "./recipe";
import { spokenTexts, starterCorpus, writeTrainingData } from "./training-data";

export interface StarterBuild {
  /** Everything made on the way, logs included; emptied first. */
  readonly workFolder: string;
  /** Where the finished model goes. */
  readonly modelFolder: string;
  /** Where the shipped datasets go. */
  readonly dataFolder: string;
  /** The program whose verb `train` trains: node and its script. */
  readonly program: readonly [file: string, ...args: string[]];
  readonly log: (line: string) => void;
}

/**
 * Builds the starter and the shipped datasets.
 * @throws AppError engine_failed where a training run fails
 */
export async function buildStarter(build: StarterBuild): Promise<void> {
  const { workFolder, modelFolder, dataFolder, log } = build;
  const inWork = (name: string) => path.join(workFolder, name);
  await emptyWorkFolder(workFolder);

  log("Writing the datasets");
  await writeShippedDatasets(dataFolder);
  log("Writing the corpus");
  const corpus = starterCorpus();
  await writeTrainingData(inWork("data"), corpus);
  log("Learning the vocabulary");
  const bpe = trainBpe(spokenTexts(corpus, VOCABULARY_SAMPLES), VOCABULARY);
  const tokens = tokenNumbers(bpe);
  log("Drawing random weights");
  await writeUntrainedModel(inWork("untrained"), tokens, SEEDS.weights);
  await writeTokenizerFiles(inWork("untrained"), bpe, CONTEXT_LENGTH);

  let model = inWork("untrained");
  const runs: Run[] = [];
  for (const round of ROUNDS) {
    log(`Training: ${round.title}`);
    const output = inWork(round.name);
    await train(build, round.name, roundArguments(round, { model, data: inWork("data"), output }));
    runs.push({ title: round.title, ...(await readRunNumbers(output)) });
    model = output;
  }

  log("Writing the model");
  await finishModel(model, modelFolder, tokens);
  await copyTokenizer(inWork("untrained"), modelFolder);
  await writeFile(path.join(modelFolder, "README.md"), modelCard(starterConfig(tokens, "bfloat16"), runs));
  log(`Done: ${modelFolder}`);
}

/** Written into the work folder, so that nothing but a work folder is ever emptied. */
const MARK = ".starter-build";

async function emptyWorkFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  if (names.length > 0 && !names.includes(MARK)) {
    throw new AppError(
      "invalid_request",
      `${folder} holds other files and would be emptied. Give an empty folder, or one that does not exist, as --work.`,
    );
  }
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await writeFile(path.join(folder, MARK), "Made by `tuneboard starter`. Emptied when it runs again.\n");
}

function tokenNumbers(bpe: Bpe): TokenNumbers {
  const ids = addedTokenIds(bpe);
  return { vocabSize: embeddingRows(bpe), eos: ids.get(EOS_TOKEN)!, pad: ids.get(PAD_TOKEN)! };
}

async function train(
  { workFolder, program: [file, ...args] }: StarterBuild,
  name: string,
  trainArguments: Record<string, unknown>,
): Promise<void> {
  const yaml = path.join(workFolder, `${name}.yaml`);
  await writeFile(yaml, stringify(trainArguments));
  // The bundle that runs now is the one that trains: nothing is rebuilt between the two.
  const child = spawn(file, [...args, "train", yaml], {
    stdio: "inherit",
    env: { ...process.env, TUNEBOARD_BUILT: "1" },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) {
    throw new AppError(
      "engine_failed",
      `The training run "${name}" ended with code ${code}. Its log is in ${workFolder}.`,
    );
  }
}

/** The trained weights in bfloat16, which is how the starter ships. */
async function finishModel(trained: string, modelFolder: string, tokens: TokenNumbers): Promise<void> {
  const source = await openModelFolder(trained);
  try {
    const tensors = [...source.tensors.values()].map(({ name, shape }) => ({
      name,
      shape,
      dtype: "BF16" as const,
      data: () => source.read(name),
    }));
    const config = starterConfig(tokens, "bfloat16");
    await writeModelFolder(modelFolder, {
      config,
      generationConfig: starterGenerationConfig(tokens),
      tensors,
    });
  } finally {
    await source.close();
  }
}

async function copyTokenizer(from: string, to: string): Promise<void> {
  for (const name of TOKENIZER_FILES) await copyFile(path.join(from, name), path.join(to, name));
}
