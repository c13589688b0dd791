/**
 * Finds added tokens (special and ordinary ones) inside text, as Hugging Face tokenizers does: leftmost, longest, with
 * `single_word`, `lstrip` and `rstrip`.
 */

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly single_word?: boolean;
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
  /** Whether it is looked for in normalised text rather than in the text as written. */
  readonly normalized?: boolean;
  readonly special?: boolean;
}

/** A stretch of text: an added token, or what lies between (`id` null). */
export interface Piece {
  readonly text: string;
  readonly id: number | null;
  /** Whether it begins where the whole text begins. */
  readonly first: boolean;
}

interface TrieNode {
  children: Map<number, TrieNode>;
  token: AddedToken | null;
}

const newNode = (): TrieNode => ({ children: new Map(), token: null });
const ENDS_WITH_WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]$/u;
const STARTS_WITH_WORD = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]/u;
const SPACE_AT_END = /\p{White_Space}*$/u;
const SPACE_AT_START = /^\p{White_Space}*/u;

export class AddedTokenSplitter {
  private readonly root = newNode();
  private readonly empty: boolean;

  /** @param entries what to look for (normalised content, where tokens are looked for in normalised text) */
  constructor(entries: readonly { text: string; token: AddedToken }[]) {
    this.empty = entries.length === 0;
    for (const { text, token } of entries) {
      let node = this.root;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        let child = node.children.get(code);
        if (!child) node.children.set(code, (child = newNode()));
        node = child;
      }
      if (text !== "") node.token = token;
    }
  }

  /** The pieces of `text` in order; empty pieces are left out. */
  split(text: string): Piece[] {
    if (text === "") return [];
    if (this.empty) return [{ text, id: null, first: true }];
    const pieces: Piece[] = [];
    let done = 0;
    for (let at = 0; at < text.length;) {
      const match = this.longestAt(text, at);
      if (!match) {
        at++;
        continue;
      }
      const end = at + match.length;
      if (match.token.single_word && !standsAlone(text, at, end)) {
        at = end;
        continue;
      }
      let start = at;
      let stop = end;
      if (match.token.lstrip) start = Math.max(done, SPACE_AT_END.exec(text.slice(0, at))!.index);
      if (match.token.rstrip) stop += SPACE_AT_START.exec(text.slice(end))![0].length;
      if (done < start) pieces.push({ text: text.slice(done, start), id: null, first: done === 0 });
      pieces.push({ text: text.slice(start, stop), id: match.token.id, first: start === 0 });
      done = stop;
      at = stop;
    }
    if (done < text.length) pieces.push({ text: text.slice(done), id: null, first: done === 0 });
    return pieces;
  }

  private longestAt(text: string, at: number): { token: AddedToken; length: number } | null {
    let node = this.root.children.get(text.charCodeAt(at));
    let found: { token: AddedToken; length: number } | null = null;
    for (let i = at + 1; node; i++) {
      if (node.token) found = { token: node.token, length: i - at };
      if (i >= text.length) break;
      node = node.children.get(text.charCodeAt(i));
    }
    return found;
  }
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !ENDS_WITH_WORD.test(text.slice(0, start)) && !STARTS_WITH_WORD.test(text.slice(end));
}
