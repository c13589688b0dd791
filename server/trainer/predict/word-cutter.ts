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
  return (text) => jieba.cut(text, true);
}
