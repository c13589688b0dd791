/**
 * Builds a Tokenizer out of a model folder's files: splits off added tokens, normalises, cuts into words, encodes each.
 */
import { NFCNormalizer, Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { AppError } from "@/server/contract/errors";
import { AddedTokenSplitter, type AddedToken } from "./added-tokens";
import { surroundingTokens, type Surrounding } from "./post-processor";
import { createPreTokenizer, type PreTokenizer } from "./pre-tokenizer";
import { addsBosToken, decoderTokens, namedSpecialTokens } from "./special-tokens";
import { createSubwordModel, type SubwordModel } from "./subword-model";
import { createTokenDecoder } from "./token-decoder";
import type { SpecialToken, SpecialTokenChanges, Tokenizer } from "./tokenizer";
import { readTokenizerFiles, type ComponentConfig, type TokenizerFiles } from "./tokenizer-files";

/** What all variants of one folder's tokenizer share. */
interface Core {
  readonly model: SubwordModel;
  readonly normalize: (text: string) => string;
  readonly preTokenizer: PreTokenizer;
  readonly surrounding: Surrounding;
  readonly decodeTokens: (tokens: string[]) => string;
  readonly addsBos: boolean;
}

/** What templates may change. */
interface Settings {
  readonly added: readonly AddedToken[];
  readonly newTokens: readonly string[];
  readonly others: readonly string[];
  readonly bos: string | null;
  readonly eos: string | null;
  readonly pad: string | null;
  readonly unk: string | null;
  readonly chatTemplate: string | null;
}

/**
 * Loads the tokenizer of a Hugging Face model folder.
 * @throws AppError not_found without tokenizer.json, checkpoint_malformed where a file cannot be understood.
 */
export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const files = await readTokenizerFiles(folder);
  try {
    return buildTokenizer(files);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = (error as Error).message;
    throw new AppError("checkpoint_malformed", `${folder}/tokenizer.json cannot be used: ${reason}`, {
      cause: error,
    });
  }
}

function buildTokenizer(files: TokenizerFiles): Tokenizer {
  const model = createSubwordModel(files.model);
  const core: Core = {
    model,
    normalize: createNormalizer(files.normalizer),
    preTokenizer: createPreTokenizer(files.preTokenizer),
    surrounding: surroundingTokens(files.postProcessor),
    decodeTokens: createTokenDecoder(files.decoder),
    addsBos: addsBosToken(files.config),
  };
  const known = new Set(files.addedTokens.map((token) => token.id));
  const extra = decoderTokens(files.config).filter((token) => !known.has(token.id));
  const names = namedSpecialTokens(files.config);
  const settings: Settings = {
    added: [...files.addedTokens, ...extra],
    newTokens: [],
    ...names,
    chatTemplate: files.chatTemplate,
  };
  const special = [names.bos, names.eos, names.pad, names.unk, ...names.others].filter(
    (token) => token !== null,
  );
  return new FolderTokenizer(core, withSpecial(core, settings, special));
}

function createNormalizer(config: ComponentConfig | null): (text: string) => string {
  if (!config) return (text) => text;
  const { normalizer } = new LibraryTokenizer(
    {
      model: { type: "BPE", vocab: {}, merges: [] },
      normalizer: config,
      pre_tokenizer: null,
      post_processor: null,
      decoder: null,
      added_tokens: [],
    },
    {},
  );
  if (normalizer instanceof NFCNormalizer) return (text) => text.normalize("NFC");
  return (text) => normalizer!.normalize(text);
}

/** Marks tokens as special, giving an id to those that the vocabulary does not hold. */
function withSpecial(core: Core, settings: Settings, tokens: readonly string[]): Settings {
  const added = [...settings.added];
  const newTokens = [...settings.newTokens];
  for (const content of tokens) {
    const at = added.findIndex((token) => token.content === content);
    if (at >= 0) {
      added[at] = { ...added[at]!, special: true };
      continue;
    }
    let id = core.model.vocab.get(content);
    if (id === undefined) {
      id = Math.max(core.model.tokenOfId.length, ...added.map((token) => token.id + 1));
      newTokens.push(content);
    }
    added.push({ id, content, special: true, normalized: false });
  }
  return { ...settings, added, newTokens };
}

class FolderTokenizer implements Tokenizer {
  readonly size: number;
  private readonly asWritten: AddedTokenSplitter;
  private readonly inNormalized: AddedTokenSplitter;
  private readonly addedById: ReadonlyMap<number, AddedToken>;
  private readonly addedByContent: ReadonlyMap<string, number>;

  constructor(
    private readonly core: Core,
    private readonly settings: Settings,
  ) {
    const { added } = settings;
    const entry = (token: AddedToken, text: string) => ({ text, token });
    this.asWritten = new AddedTokenSplitter(
      added.filter((token) => !token.normalized).map((token) => entry(token, token.content)),
    );
    this.inNormalized = new AddedTokenSplitter(
      added.filter((token) => token.normalized).map((token) => entry(token, core.normalize(token.content))),
    );
    this.addedById = new Map(added.map((token) => [token.id, token]));
    this.addedByContent = new Map(added.map((token) => [token.content, token.id]));
    this.size = Math.max(core.model.tokenOfId.length, ...added.map((token) => token.id + 1));
  }

  encode(text: string, options: { addSpecialTokens?: boolean } = {}): number[] {
    const ids: number[] = [];
    const { surrounding } = this.core;
    if (options.addSpecialTokens) ids.push(...surrounding.before);
    for (const piece of this.asWritten.split(text)) {
      if (piece.id === null) this.encodePlain(piece.text, piece.first, ids);
      else ids.push(piece.id);
    }
    if (options.addSpecialTokens) ids.push(...surrounding.after);
    return ids;
  }

  private encodePlain(text: string, first: boolean, ids: number[]): void {
    const { model, normalize, preTokenizer } = this.core;
    for (const piece of this.inNormalized.split(normalize(text))) {
      if (piece.id !== null) {
        ids.push(piece.id);
        continue;
      }
      for (const word of preTokenizer.cut(piece.text, first && piece.first)) {
        for (const id of model.encodeWord(preTokenizer.spell(word))) ids.push(id);
      }
    }
  }

  decode(ids: readonly number[], options: { skipSpecialTokens?: boolean } = {}): string {
    const tokens: string[] = [];
    for (const id of ids) {
      if (options.skipSpecialTokens && this.isSpecial(id)) continue;
      const token = this.idToToken(id);
      if (token !== undefined) tokens.push(token);
    }
    return this.core.decodeTokens(tokens);
  }

  tokenToId(token: string): number | undefined {
    return this.addedByContent.get(token) ?? this.core.model.vocab.get(token);
  }

  idToToken(id: number): string | undefined {
    return this.addedById.get(id)?.content ?? this.core.model.tokenOfId[id];
  }

  isSpecial(id: number): boolean {
    return this.addedById.get(id)?.special === true;
  }

  private named(token: string | null): SpecialToken | null {
    const id = token === null ? undefined : this.tokenToId(token);
    return token === null || id === undefined ? null : { token, id };
  }

  get bos(): SpecialToken | null {
    return this.named(this.settings.bos);
  }
  get eos(): SpecialToken | null {
    return this.named(this.settings.eos);
  }
  get pad(): SpecialToken | null {
    return this.named(this.settings.pad);
  }
  get unk(): SpecialToken | null {
    return this.named(this.settings.unk);
  }
  get addsBos(): boolean {
    return this.core.addsBos;
  }
  get chatTemplate(): string | null {
    return this.settings.chatTemplate;
  }
  get addedTokens(): readonly AddedToken[] {
    return this.settings.added;
  }
  get otherSpecialTokens(): readonly string[] {
    return this.settings.others;
  }
  get newTokens(): readonly string[] {
    return this.settings.newTokens;
  }

  withSpecialTokens(changes: SpecialTokenChanges): Tokenizer {
    const special = [changes.eos, changes.pad, ...(changes.special ?? [])].filter(
      (token) => token !== undefined,
    );
    const settings = withSpecial(this.core, this.settings, special);
    return new FolderTokenizer(this.core, {
      ...settings,
      others: [...new Set([...settings.others, ...(changes.special ?? [])])],
      eos: changes.eos ?? settings.eos,
      pad: changes.pad ?? settings.pad,
      chatTemplate: changes.chatTemplate ?? settings.chatTemplate,
    });
  }
}
