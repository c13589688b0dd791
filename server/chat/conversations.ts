/**
 * Conversations kept as files, found again by their names and by what was said. It asks nobody anything: what a
 * conversation holds is the page's.
 */
import path from "node:path";
import {
  conversationFileSchema,
  conversationIdSchema,
  titleFrom,
  type Conversation,
  type ConversationFile,
  type ConversationHead,
  type ConversationSummary,
  type KeepConversation,
} from "@/server/contract/conversations";
import { AppError } from "@/server/contract/errors";
import { NamedFiles, type NamedFile } from "@/server/disk/named-files";

/** As large as a request may be, laid out for reading. */
const MOST_BYTES = 8_000_000;
/** Shown on either side of what a search found. */
const AROUND = 40;

/** What is remembered of a file: enough for the list and for searching. */
interface Known {
  version: string;
  title: string;
  turns: number;
  panes: string[];
  /** Everything that was said, questions and answers. */
  text: string;
}

export class Conversations {
  readonly #files: NamedFiles;
  readonly #known = new Map<string, Known>();
  /** Changes go one after the other, so that none is built on what another one is replacing. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.#files = new NamedFiles({
      folder: path.join(home, "chats"),
      ending: ".json",
      names: conversationIdSchema,
      called: "conversations",
      mostBytes: MOST_BYTES,
    });
  }

  /**
   * The newest first; files that hold no conversation are passed over.
   * @param search words that a conversation must have, in its name or in what was said, in any order and case
   */
  async list(search = ""): Promise<ConversationSummary[]> {
    const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const files = await this.#files.list();
    for (const id of this.#known.keys()) if (!files.some(({ name }) => name === id)) this.#known.delete(id);
    const known = await Promise.all(files.map((file) => this.#look(file)));
    return files.flatMap((file, i) => {
      const conversation = known[i];
      if (!conversation) return [];
      const found = search === "" ? null : match(conversation, words);
      if (found === false) return [];
      const { title, turns, panes } = conversation;
      return [{ id: file.name, title, changed_at: file.changed_at, turns, panes, found }];
    });
  }

  /** @throws AppError not_found, invalid_request for a file that holds no conversation */
  async read(id: string): Promise<Conversation> {
    const { text, changed_at } = await this.#files.read(id);
    const file = parsed(text);
    if (!file) throw new AppError("invalid_request", `chats/${id}.json does not hold a conversation.`);
    return { ...file, id, changed_at };
  }

  /** Keeps what a page has. @throws AppError busy where another page has changed it since this one read it */
  keep(id: string, { title, revision, ...content }: KeepConversation): Promise<ConversationHead> {
    return this.#change(async () => {
      const before = await this.#before(id);
      if (before && before.revision !== revision)
        throw new AppError("busy", `The conversation ${before.title} was changed elsewhere meanwhile.`);
      const first = content.turns[0]?.text ?? "";
      return this.#write(id, {
        title: before?.title ?? title ?? titleFrom(first),
        revision: revision + 1,
        ...content,
      });
    });
  }

  /** @throws AppError not_found */
  rename(id: string, title: string): Promise<ConversationHead> {
    return this.#change(async () => {
      const before = parsed((await this.#files.read(id)).text);
      if (!before) throw new AppError("invalid_request", `chats/${id}.json does not hold a conversation.`);
      // The revision stays: a page that has it open goes on, and a name is never its to write.
      return this.#write(id, { ...before, title });
    });
  }

  /** @throws AppError not_found */
  remove(id: string): Promise<void> {
    return this.#change(() => this.#files.remove(id));
  }

  async #before(id: string): Promise<ConversationFile | null> {
    try {
      return parsed((await this.#files.read(id)).text);
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    }
  }

  async #write(id: string, file: ConversationFile): Promise<ConversationHead> {
    const { changed_at } = await this.#files.write(id, `${JSON.stringify(file, null, 1)}\n`);
    return { id, title: file.title, revision: file.revision, changed_at };
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changing.then(work);
    this.#changing = done.catch(() => undefined);
    return done;
  }

  async #look({ name, version }: NamedFile): Promise<Known | null> {
    const before = this.#known.get(name);
    if (before?.version === version) return before;
    const file = await this.#files.read(name).then(
      ({ text }) => parsed(text),
      () => null,
    );
    if (!file) return null;
    const known: Known = {
      version,
      title: file.title,
      turns: file.turns.length,
      panes: file.panes.map((pane) => file.names[pane] ?? pane),
      text: file.turns
        .flatMap(({ text, answers }) => [text, ...Object.values(answers).map((answer) => answer.text)])
        .join("\n"),
    };
    this.#known.set(name, known);
    return known;
  }
}

function parsed(text: string): ConversationFile | null {
  try {
    return conversationFileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The text around the first word that is not in the title; null where all are in it; false where one is nowhere. */
function match({ title, text }: Known, words: readonly string[]): string | null | false {
  const lowTitle = title.toLocaleLowerCase();
  const lowText = text.toLocaleLowerCase();
  const inText = words.filter((word) => !lowTitle.includes(word));
  if (!inText.every((word) => lowText.includes(word))) return false;
  const [first] = inText;
  if (first === undefined) return null;
  const at = lowText.indexOf(first);
  const from = Math.max(0, at - AROUND);
  const to = at + first.length + AROUND;
  const piece = text.slice(from, to).replaceAll(/\s+/g, " ");
  return `${from > 0 ? "…" : ""}${piece}${to < text.length ? "…" : ""}`;
}
