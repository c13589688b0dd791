/**
 * Exercises in reading what was just said: repeat it, find a word in it, answer from it. They teach the attention to
 * carry words from the question into the answer, which everything else rests on.
 */
import type { TurnWriter } from "../dialogue";
import { capitalise, joinWords, withArticle } from "../grammar";
import { ANIMALS } from "../lexicon/animals";
import { FRUITS } from "../lexicon/foods";
import { NAMES, PLACES } from "../lexicon/people";
import { THINGS } from "../lexicon/things";
import { COLOURS } from "../lexicon/world";
import { requestedAs, typedAs } from "../phrasing";
import type { Random } from "../random";

const OBJECTS = THINGS.filter(({ name }) => name !== "scissors").map(({ name }) => name);
const WORDS: readonly string[] = [
  ...ANIMALS.map(({ name }) => name),
  ...FRUITS.map(({ name }) => name),
  ...COLOURS.map(({ name }) => name),
  ...OBJECTS,
];

const repeatWords: TurnWriter = (random) => {
  const words = random.sample([...WORDS, ...NAMES], random.int(2, 7)).join(", ");
  const request = random.pick([
    "Repeat these words",
    "Say these words",
    "Write these words again",
    "Copy this",
    "Repeat after me",
  ]);
  return { user: `${request}: ${words}`, assistant: words };
};

const repeatNumbers: TurnWriter = (random) => {
  const numbers = Array.from({ length: random.int(2, 7) }, () => random.int(0, 9)).join(", ");
  return {
    user: `${random.pick(["Repeat these numbers", "Say these numbers", "Copy these numbers"])}: ${numbers}`,
    assistant: numbers,
  };
};

const firstOrLast: TurnWriter = (random) => {
  const words = random.sample(WORDS, random.int(2, 4));
  const isFirst = random.chance(0.5);
  const place = isFirst ? "first" : "last";
  const word = isFirst ? words[0]! : words[words.length - 1]!;
  return {
    user: typedAs(random, `Which word comes ${place}: ${joinWords(words, "or")}?`),
    assistant: `The ${place} word is ${word}.`,
  };
};

const whereIs: TurnWriter = (random) => {
  const [one, two] = random.sample(NAMES, 2) as [string, string];
  const [first, second] = random
    .sample(PLACES, 2)
    .map(([place, preposition]) => `${preposition} ${place}`) as [string, string];
  const asksFirst = random.chance(0.5);
  const [name, place] = asksFirst ? [one, first] : [two, second];
  return {
    user: `${one} is ${first}. ${two} is ${second}. Where is ${name}?`,
    assistant: `${name} is ${place}.`,
  };
};

const whoHas: TurnWriter = (random) => {
  const [one, two] = random.sample(NAMES, 2) as [string, string];
  const [first, second] = belongings(random);
  const asksFirst = random.chance(0.5);
  const [name, thing] = asksFirst ? [one, first] : [two, second];
  const story = `${one} has ${withArticle(first)}. ${two} has ${withArticle(second)}.`;
  return random.chance(0.5)
    ? { user: `${story} Who has the ${thing}?`, assistant: `${name} has the ${thing}.` }
    : { user: `${story} What does ${name} have?`, assistant: `${name} has ${withArticle(thing)}.` };
};

const whatColour: TurnWriter = (random) => {
  const [one, two] = random.sample(OBJECTS, 2) as [string, string];
  const [first, second] = random.sample(COLOURS, 2).map(({ name }) => name) as [string, string];
  const asksFirst = random.chance(0.5);
  const [thing, colour] = asksFirst ? [one, first] : [two, second];
  return {
    user: `The ${one} is ${first} and the ${two} is ${second}. What colour is the ${thing}?`,
    assistant: `The ${thing} is ${colour}.`,
  };
};

const whichIs: TurnWriter = (random) => {
  const kinds: readonly (readonly [kind: string, words: readonly string[]])[] = [
    ["an animal", ANIMALS.map(({ name }) => name)],
    ["a fruit", FRUITS.map(({ name }) => name)],
    ["a colour", COLOURS.map(({ name }) => name).filter((name) => name !== "orange")],
    ["a thing", OBJECTS],
    ["a name", NAMES],
  ];
  const [[kind, members], ...others] = random.shuffle(kinds) as [
    (typeof kinds)[number],
    ...(typeof kinds)[number][],
  ];
  const word = random.pick(members.filter((member) => member !== "orange"));
  const shown = random.shuffle([
    word,
    ...others.slice(0, 2).map(([, words]) => random.pick(words.filter((other) => other !== "orange"))),
  ]);
  return {
    user: typedAs(random, `Which of these is ${kind}: ${joinWords(shown, "or")}?`),
    assistant: `${capitalise(word)} is ${kind}.`,
  };
};

const sayTwice: TurnWriter = (random) => {
  const word = random.pick(OBJECTS);
  return {
    user: requestedAs(random, `Say "the ${word}" and then "my ${word}".`),
    assistant: `The ${word}, my ${word}.`,
  };
};

function belongings(random: Random): [string, string] {
  const thing = () => `${random.pick(COLOURS).name} ${random.pick(OBJECTS)}`;
  const first = thing();
  let second = thing();
  while (second === first) second = thing();
  return [first, second];
}

export const readingWriters: readonly TurnWriter[] = [
  repeatWords,
  repeatWords,
  repeatNumbers,
  firstOrLast,
  whereIs,
  whoHas,
  whatColour,
  whichIs,
  sayTwice,
];
