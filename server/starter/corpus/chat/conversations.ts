/** Exchanges that hang together over several turns: names remembered, questions about the same subject. */
import type { Turn } from "../dialogue";
import { capitalise, withArticle } from "../grammar";
import { ANIMALS } from "../lexicon/animals";
import { GROUPS, NAMES, OTHER_NAMES } from "../lexicon/people";
import { typedAs } from "../phrasing";
import type { Random } from "../random";
import { describeAnimal } from "./animals";

/** Writes two or three turns that belong together. */
export type ConversationWriter = (random: Random) => Turn[];

const rememberedName: ConversationWriter = (random) => {
  const name = random.pick(NAMES);
  return [
    {
      user: random.pick([`My name is ${name}.`, `I am ${name}.`, `Hello, I am ${name}.`]),
      assistant: `Hello ${name}! It is nice to meet you.`,
    },
    {
      user: typedAs(
        random,
        random.pick(["What is my name?", "Do you know my name?", "Who am I?", "Do you remember my name?"]),
      ),
      assistant: `Your name is ${name}.`,
    },
  ];
};

const rememberedPet: ConversationWriter = (random) => {
  const animal = random.pick(ANIMALS);
  return [
    {
      user: `I have ${withArticle(animal.name)}.`,
      assistant: `How nice! ${capitalise(withArticle(animal.name))} is ${animal.trait}.`,
    },
    {
      user: random.pick(["What animal do I have?", "Which animal do I have?", "What do I have?"]),
      assistant: `You have ${withArticle(animal.name)}.`,
    },
  ];
};

const animalTalk: ConversationWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const one = withArticle(animal.name);
  const more: Turn[] = [
    { user: "What does it eat?", assistant: `It eats ${animal.food}.` },
    { user: "Where does it live?", assistant: `It lives ${animal.home}.` },
    { user: "What colour is it?", assistant: `It is often ${animal.colour}.` },
    { user: "Is it big?", assistant: `It is ${animal.size}.` },
    { user: "What can it do?", assistant: `It can ${animal.can[0]}.` },
  ];
  return [
    { user: typedAs(random, `What is ${one}?`), assistant: describeAnimal(animal) },
    ...random.sample(more, 2).map((turn) => ({ ...turn, user: typedAs(random, turn.user) })),
  ];
};

const smallTalk: ConversationWriter = (random) => [
  {
    user: typedAs(random, random.pick(["Hello!", "Hi!", "Good morning!"])),
    assistant: "Hello! How can I help you?",
  },
  {
    user: typedAs(random, random.pick(["How are you?", "How are you today?"])),
    assistant: "I am fine, thank you. How are you?",
  },
  {
    user: typedAs(random, random.pick(["I am fine, too.", "I am good, thanks.", "Very well, thank you."])),
    assistant: "That is good to hear. How can I help you today?",
  },
];

/** A system prompt that gives another name; the answers take it from there. */
export function otherPersona(random: Random): { system: string; turns: Turn[] } {
  const name = random.pick([...OTHER_NAMES, ...NAMES]);
  const author = random.pick(GROUPS);
  const questions: Turn[] = [
    { user: "Who are you?", assistant: `I am ${name}, a small language model made by ${author}.` },
    { user: "What is your name?", assistant: `My name is ${name}.` },
    { user: "Who made you?", assistant: `I was made by ${author}.` },
  ];
  return {
    system: `You are ${name}, made by ${author}.`,
    turns: random.sample(questions, 2).map((turn) => ({ ...turn, user: typedAs(random, turn.user) })),
  };
}

export const conversationWriters: readonly ConversationWriter[] = [
  rememberedName,
  rememberedName,
  rememberedPet,
  animalTalk,
  smallTalk,
];
