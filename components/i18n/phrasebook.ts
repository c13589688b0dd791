/**
 * Says the console's English sentences in another language. They are known by their text: they come through logs, files
 * and other programs as well as through replies, and the API keeps them in English. It knows no language itself.
 */

/** Says a sentence of the console; one that it does not know stays as it is. */
export type Say = (sentence: string) => string;

/** A phrase with something put in. */
interface Pattern {
  /** What stands before, between and behind what is put in. */
  parts: readonly string[];
  names: readonly string[];
  translation: string;
}

/** What is looked for in a value that is put into a sentence goes no deeper than this. */
const DEEPEST = 5;
/** No sentence is longer than this; what is comes from a log. */
const LONGEST = 2_000;

/** @param phrases sentences by the English ones; `{name}` stands for what is put in, on both sides */
export function sayBy(phrases: Readonly<Record<string, string>>): Say {
  const patterns = patternsOf(phrases);
  const known = new Map<string, string>();
  return (sentence) => {
    if (sentence.length > LONGEST) return sentence;
    const said = known.get(sentence) ?? sayAll(sentence, 0);
    known.set(sentence, said);
    return said;
  };

  function sayAll(text: string, depth: number): string {
    return (
      sayOne(text, depth) ??
      sayUnended(text, depth) ??
      sayOfSomething(text, depth) ??
      saySeveral(text, depth) ??
      text
    );
  }

  /** null where no phrase is this text. */
  function sayOne(text: string, depth: number): string | null {
    if (Object.hasOwn(phrases, text)) return phrases[text]!;
    if (!text.includes(" ")) return null;
    for (const { parts, names, translation } of patterns) {
      const values = valuesIn(text, parts);
      if (!values) continue;
      return translation.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[names.indexOf(name)] ?? "";
        return depth < DEEPEST ? sayAll(value, depth + 1) : value;
      });
    }
    return null;
  }

  /** Inside another sentence it may have lost its full stop. */
  function sayUnended(text: string, depth: number): string | null {
    if (text === "" || text.endsWith(".")) return null;
    return sayOne(`${text}.`, depth)?.replace(/[.。]$/, "") ?? null;
  }

  /** What is said of a file, a folder or an argument, whose name stands before a colon. */
  function sayOfSomething(text: string, depth: number): string | null {
    const [, name, rest] = /^(\S+: )(.+)$/s.exec(text) ?? [];
    if (!name || !rest || depth >= DEEPEST) return null;
    const said = sayAll(rest, depth + 1);
    return said === rest ? null : name + said;
  }

  /** Sentences that follow one another, where each is known. */
  function saySeveral(text: string, depth: number): string | null {
    const sentences = text.split(/(?<=\.) (?=[A-Z])/);
    if (sentences.length < 2 || depth >= DEEPEST) return null;
    const said = sentences.map((sentence) => sayOne(sentence, depth + 1));
    if (said.includes(null)) return null;
    return said.join(" ").replaceAll("。 ", "。");
  }
}

/** The phrases with something put in, those first that say most: a short one fits more than was meant. */
function patternsOf(phrases: Readonly<Record<string, string>>): Pattern[] {
  const weight = ({ parts }: Pattern) => (parts[0] === "" ? 0 : LONGEST) + parts.join("").length;
  return Object.entries(phrases)
    .map(([english, translation]) => ({
      parts: english.split(/\{\w+\}/),
      names: [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
      translation,
    }))
    .filter(({ names }) => names.length > 0)
    .sort((a, b) => weight(b) - weight(a));
}

/** What stands between the parts of a text; null where it does not consist of them. Time grows with its length only. */
function valuesIn(text: string, parts: readonly string[]): string[] | null {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const end = text.length - last.length;
  const values: string[] = [];
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1) return null;
    values.push(text.slice(from, at));
    from = at + part.length;
  }
  if (from > end) return null;
  values.push(text.slice(from, end));
  return values.every(isWhole) ? values : null;
}

/** Whether a text closes the brackets that it opens; one that does not is a piece of something else. */
function isWhole(text: string): boolean {
  return text.split("(").length === text.split(")").length;
}
