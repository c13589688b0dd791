/**
 * The little English grammar that the templates lean on: articles, plurals, lists, capitals, number words.
 * It knows word forms, never meanings.
 */

const IRREGULAR_PLURALS: Readonly<Record<string, string>> = {
  mouse: "mice",
  goose: "geese",
  sheep: "sheep",
  fish: "fish",
  goldfish: "goldfish",
  salmon: "salmon",
  deer: "deer",
  wolf: "wolves",
  child: "children",
  man: "men",
  woman: "women",
  person: "people",
  foot: "feet",
  tooth: "teeth",
  leaf: "leaves",
  knife: "knives",
  loaf: "loaves",
  shelf: "shelves",
  potato: "potatoes",
  tomato: "tomatoes",
  scissors: "scissors",
  mango: "mangoes",
};

const NUMBER_WORDS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
] as const;

/** "a cat", "an owl", "an umbrella". */
export function withArticle(noun: string): string {
  return /^(?:[aeio]|u(?!ni))/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** The plural of a noun; of "polar bear" that of its last word. */
export function plural(noun: string): string {
  const [, head = "", last = noun] = /^(.* )?(\S+)$/.exec(noun) ?? [];
  const irregular = IRREGULAR_PLURALS[last];
  if (irregular) return head + irregular;
  if (/(?:s|x|z|ch|sh)$/.test(last)) return `${noun}es`;
  if (/[^aeiou]y$/.test(last)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

/** "1 apple", "3 apples". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

/** "red", "red and blue", "red, blue and green". */
export function joinWords(words: readonly string[], conjunction = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words[words.length - 1]}`;
}

/** The text with its first letter in upper case. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "seven" for 7; digits above twelve. */
export function numberWord(value: number): string {
  return NUMBER_WORDS[value] ?? String(value);
}

/** The gerund of a simple verb: "swim" → "swimming", "bake" → "baking", "play" → "playing". */
export function gerund(verb: string): string {
  if (/[^e]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  if (/^[^aeiou]*[aeiou][bdgmnpt]$/.test(verb)) return `${verb}${verb.slice(-1)}ing`;
  return `${verb}ing`;
}
