/** The folder of prompt sets, one JSON file each in the form of `sample_prompts`. It does not know who asks them. */
import path from "node:path";
import {
  PROMPTS_FOLDER,
  promptEntriesSchema,
  promptSetNameSchema,
  type PromptEntry,
  type PromptSet,
} from "@/server/contract/prompt-sets";
import { NamedFiles, type NamedFile } from "@/server/disk/named-files";

export class PromptSets {
  readonly #files: NamedFiles;

  constructor(home: string) {
    this.#files = new NamedFiles({
      folder: path.join(home, PROMPTS_FOLDER),
      ending: ".json",
      names: promptSetNameSchema,
      called: "prompts",
      mostBytes: 4_000_000,
    });
  }

  /** Newest first; a file that holds none, or cannot be read, is there with its problem. */
  async list(): Promise<PromptSet[]> {
    const files = await this.#files.list();
    return Promise.all(
      files.map((file) =>
        this.#files.read(file.name).then(
          ({ text }) => promptSet(file, text),
          () => promptSet(file, ""),
        ),
      ),
    );
  }

  async save(name: string, prompts: readonly PromptEntry[]): Promise<PromptSet> {
    const text = `${JSON.stringify(prompts, null, 2)}\n`;
    return promptSet(await this.#files.write(name, text), text);
  }

  /** @throws AppError not_found */
  remove(name: string): Promise<void> {
    return this.#files.remove(name);
  }
}

function promptSet({ name, changed_at }: NamedFile, text: string): PromptSet {
  const head = { name, path: `${PROMPTS_FOLDER}/${name}.json`, changed_at };
  try {
    return { ...head, prompts: promptEntriesSchema.parse(JSON.parse(text)), problem: null };
  } catch {
    return { ...head, prompts: [], problem: `${head.path} does not hold a list of prompts.` };
  }
}
