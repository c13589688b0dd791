/**
 * Cuts text into words as Python's jieba does (exact mode, with its model for unknown words): Chinese by dictionary,
 * other scripts by letters. The dictionary takes a moment to load, so it is loaded when first needed.
 */

export type WordCutter = (text: string) => string[];

let loading: Promise<WordCutter> | undefined;

export function loadWordCutter(): Promise<WordCutter> {
  return (loading ??= load());
}

async function load(): Promise<WordCutter> {
  const [{ Jieba }, { dict }] = await Promise.all([
    import("@node-rs/jieba"),
    import("@node-rs/jieba/dict.js"),
  ]);
  const jieba = Jieba.withDict(dict);
  return (text) => partedNumbers(jieba.cut(text, true));
}

/** What jieba takes into a block of words, Chinese aside. */
const LATIN = /^[a-zA-Z0-9+#&._%-]+$/;
/** "2-4": jieba-rs takes any sign before the decimals of a number, jieba a point only. */
const TAKEN_AS_DECIMALS = /^[a-zA-Z0-9]+[+#&_%-]\d+%?$/;
/** jieba's own pattern of a word in Latin letters and digits. */
const LATIN_WORD = /([a-zA-Z0-9]+(?:\.\d+)?%?)/;

/** The words with Latin blocks that hold such a number cut again as jieba cuts them. */
function partedNumbers(words: readonly string[]): string[] {
  const parted: string[] = [];
  let block: string[] = [];
  const endBlock = (): void => {
    const misread = block.some((word) => TAKEN_AS_DECIMALS.test(word));
    parted.push(...(misread ? block.join("").split(LATIN_WORD).filter(Boolean) : block));
    block = [];
  };
  for (const word of words) {
    if (LATIN.test(word)) {
      block.push(word);
      continue;
    }
    endBlock();
    parted.push(word);
  }
  endBlock();
  return parted;
}
