/** Short tasks: name some things, write a sentence, a verse or a story, give advice or steps, repeat, translate. */
import type { TurnWriter } from "../dialogue";
import { capitalise, joinWords, numberWord, withArticle } from "../grammar";
import { ANIMALS } from "../lexicon/animals";
import { NAMES } from "../lexicon/people";
import { THINGS } from "../lexicon/things";
import {
  ADVICE,
  GROUPS_OF_WORDS,
  HOW_TOS,
  RHYMES,
  SENTENCES,
  TRANSLATIONS,
  VERSES,
} from "../lexicon/writing";
import { askedAs, requestedAs, typedAs } from "../phrasing";
import { tinyStory } from "../pretrain/stories";
import type { Random } from "../random";

/** `count` members in the list's own order, so that no member can come twice. */
function someOf(random: Random, members: readonly string[], count: number): string[] {
  const chosen = new Set(random.sample(members, count));
  return members.filter((member) => chosen.has(member));
}

const nameSome: TurnWriter = (random) => {
  const [kind, members] = random.pick(GROUPS_OF_WORDS);
  const count = random.int(2, Math.min(5, members.length));
  const word = random.chance(0.25) ? String(count) : numberWord(count);
  const request = random.pick([
    `Name ${word} ${kind}.`,
    `Name ${word} ${kind}.`,
    `List ${word} ${kind}.`,
    `Give me ${word} ${kind}.`,
    `Tell me ${word} ${kind}.`,
    `Give ${word} examples of ${kind}.`,
    `Write down ${word} ${kind}.`,
  ]);
  return {
    user: requestedAs(random, request),
    assistant: `${capitalise(joinWords(someOf(random, members, count)))}.`,
  };
};

const nameAny: TurnWriter = (random) => {
  const [kind, members] = random.pick(GROUPS_OF_WORDS);
  const request = random.pick([
    `Name some ${kind}.`,
    `Give me a few ${kind}.`,
    `Which ${kind} do you know?`,
    `What ${kind} do you know?`,
    `Tell me some ${kind}.`,
  ]);
  return {
    user: requestedAs(random, request),
    assistant: `Some ${kind} are ${joinWords(someOf(random, members, 3))}.`,
  };
};

const writeSentence: TurnWriter = (random) => {
  const [subject, sentences] = random.pick(SENTENCES);
  const request = random.pick([
    `Write a sentence about ${subject}.`,
    `Write a short sentence about ${subject}.`,
    `Write one sentence about ${subject}.`,
    `Say something about ${subject}.`,
    `Make a sentence about ${subject}.`,
    `Give me a sentence about ${subject}.`,
    `Write something about ${subject}.`,
  ]);
  return { user: requestedAs(random, request), assistant: random.pick(sentences) };
};

const useWord: TurnWriter = (random) => {
  const [word, sentence] = random.chance(0.5)
    ? (() => {
        const thing = random.pick(THINGS.filter((one) => one.name !== "scissors"));
        return [thing.name, `The ${thing.name} is ${thing.place}.`];
      })()
    : (() => {
        const animal = random.pick(ANIMALS);
        return [animal.name, `The ${animal.name} lives ${animal.home}.`];
      })();
  const request = random.pick([
    `Use the word "${word}" in a sentence.`,
    `Make a sentence with "${word}".`,
    `Write a sentence with the word ${word}.`,
  ]);
  return { user: requestedAs(random, request), assistant: sentence };
};

const verse: TurnWriter = (random) => {
  const [subject, text] = random.pick(VERSES);
  const request = random.pick([
    `Write a poem about ${subject}.`,
    `Write a short poem about ${subject}.`,
    `Tell me a poem about ${subject}.`,
    `Make a rhyme about ${subject}.`,
  ]);
  return { user: requestedAs(random, request), assistant: text };
};

const story: TurnWriter = (random) => {
  const { subject, text } = tinyStory(random);
  const request = random.pick([
    `Tell me a story about ${subject}.`,
    `Tell me a short story about ${subject}.`,
    `Write a short story about ${subject}.`,
    `Write a story about ${subject}.`,
    "Tell me a story.",
    "Tell me a short story.",
    "Write a short story.",
  ]);
  return { user: requestedAs(random, request), assistant: text };
};

const advice: TurnWriter = (random) => {
  const [goal, text] = random.pick(ADVICE);
  const question = random.pick([
    `How can I ${goal}?`,
    `I want to ${goal}.`,
    `Give me a tip to ${goal}.`,
    `What should I do to ${goal}?`,
    `Help me to ${goal}.`,
    `How do I ${goal}?`,
  ]);
  return { user: askedAs(random, question), assistant: text };
};

const howTo: TurnWriter = (random) => {
  const [task, steps] = random.pick(HOW_TOS);
  const question = random.pick([
    `How do I ${task}?`,
    `How can I ${task}?`,
    `Tell me how to ${task}.`,
    `Explain how to ${task}.`,
    `What are the steps to ${task}?`,
  ]);
  const numbered = steps.map((step, index) => `${index + 1}. ${step}`);
  return { user: askedAs(random, question), assistant: numbered.join("\n") };
};

const repeat: TurnWriter = (random) => {
  const word = random.pick([random.pick(THINGS).name, random.pick(ANIMALS).name, random.pick(NAMES)]);
  const request = random.pick([
    `Repeat the word ${word}.`,
    `Say "${word}".`,
    `Repeat after me: ${word}`,
    `Say the word ${word}.`,
  ]);
  return { user: request, assistant: capitalise(word) };
};

const rhyme: TurnWriter = (random) => {
  const [one, two] = random.shuffle(random.pick(RHYMES)) as [string, string];
  const question = random.pick([
    `What rhymes with ${one}?`,
    `Give me a rhyme for ${one}.`,
    `Find a word that rhymes with ${one}.`,
    `Which word rhymes with ${one}?`,
  ]);
  return { user: askedAs(random, question), assistant: `${capitalise(two)} rhymes with ${one}.` };
};

const translate: TurnWriter = (random) => {
  const [english, chinese] = random.pick(TRANSLATIONS);
  const [question, answer] = random.pick([
    [`What is "${english}" in Chinese?`, `"${english}" in Chinese is ${chinese}.`],
    [`How do you say ${english} in Chinese?`, `"${english}" in Chinese is ${chinese}.`],
    [`Translate "${english}" into Chinese.`, `"${english}" in Chinese is ${chinese}.`],
    [`What does ${chinese} mean?`, `${chinese} means "${english}".`],
    [`Translate ${chinese} into English.`, `${chinese} means "${english}".`],
  ] as const);
  return { user: typedAs(random, question), assistant: answer };
};

const oddOneOut: TurnWriter = (random) => {
  const [group, other] = random.sample(
    GROUPS_OF_WORDS.filter(([kind]) =>
      ["fruits", "birds", "colours", "clothes", "vehicles", "tools", "countries", "flowers"].includes(kind),
    ),
    2,
  ) as [(typeof GROUPS_OF_WORDS)[number], (typeof GROUPS_OF_WORDS)[number]];
  const stranger = random.pick(other[1]);
  const shown = random.shuffle([...random.sample(group[1], 2), stranger]);
  return {
    user: askedAs(random, `Which word does not belong: ${joinWords(shown, "or")}?`),
    assistant: `${capitalise(stranger)} does not belong, because the others are ${group[0]}.`,
  };
};

const choose: TurnWriter = (random) => {
  const [kind, members] = random.pick(GROUPS_OF_WORDS);
  const member = random.pick(members);
  const singular = kind.replace(/ies$/, "y").replace(/s$/, "");
  return kind.includes(" ") || singular === kind
    ? nameSome(random)
    : {
        user: requestedAs(
          random,
          random.pick([`Name ${withArticle(singular)}.`, `Give me an example of ${withArticle(singular)}.`]),
        ),
        assistant: `${capitalise(member)}.`,
      };
};

/** Always the first members, so that there is one right answer. */
const nameFirst: TurnWriter = (random) => {
  const [kind, members] = random.pick(GROUPS_OF_WORDS);
  const count = random.int(2, Math.min(5, members.length));
  const word = random.chance(0.25) ? String(count) : numberWord(count);
  const verb = random.pick(["Name", "Name", "List", "Give me", "Tell me"]);
  return {
    user: requestedAs(random, `${verb} ${word} ${kind}.`),
    assistant: `${capitalise(joinWords(members.slice(0, count)))}.`,
  };
};

export const firstOfListWriters: readonly TurnWriter[] = [nameFirst];
export const listWriters: readonly TurnWriter[] = [nameSome, nameSome, nameSome, nameAny, choose];
export const writingWriters: readonly TurnWriter[] = [
  writeSentence,
  writeSentence,
  useWord,
  verse,
  advice,
  howTo,
];
export const storyWriters: readonly TurnWriter[] = [story];
export const wordWriters: readonly TurnWriter[] = [repeat, rhyme, translate, oddOneOut];
