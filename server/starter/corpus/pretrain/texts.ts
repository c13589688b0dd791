/** Descriptions, facts, diaries, little scenes and sums for pre-training: the knowledge that the chat asks for, told as prose. */
import { describeAnimal } from "../chat/animals";
import { describeFood, describeJob, describeThing } from "../chat/objects";
import { capitalise, counted, joinWords, numberWord, plural, withArticle } from "../grammar";
import { ANIMALS } from "../lexicon/animals";
import { FOODS } from "../lexicon/foods";
import { HOBBIES, NAMES, PLACES, RELATIVES, WEATHERS } from "../lexicon/people";
import { JOBS, THINGS } from "../lexicon/things";
import { CAPITALS, COLOURS, COLOUR_FACTS, DAYS, FACTS, MIXES, OPPOSITES, SEASONS } from "../lexicon/world";
import { ADVICE, GROUPS_OF_WORDS, HOW_TOS, SENTENCES, VERSES } from "../lexicon/writing";
import { PERSONA } from "../persona";
import type { Random } from "../random";

export type TextWriter = (random: Random) => string;

const animalText: TextWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const one = withArticle(animal.name);
  const legs = animal.legs === 0 ? "no" : numberWord(animal.legs);
  const extras = [
    `It has ${legs} legs.`,
    `${capitalise(one)} is often ${animal.colour}.`,
    `It is ${animal.size}.`,
    `It can ${joinWords(animal.can)}.`,
    ...(animal.sound ? [`It says "${animal.sound}".`] : []),
    ...(animal.baby ? [`A baby ${animal.name} is called ${withArticle(animal.baby)}.`] : []),
  ];
  return [describeAnimal(animal), ...random.sample(extras, 3)].join(" ");
};

const objectText: TextWriter = (random) => {
  const described = [
    () => describeThing(random.pick(THINGS)),
    () => describeFood(random.pick(FOODS)),
    () => describeJob(random.pick(JOBS)),
  ];
  return Array.from({ length: 3 }, () => random.pick(described)()).join(" ");
};

const factText: TextWriter = (random) =>
  random
    .sample(FACTS, 4)
    .map(([question, answer]) => (random.chance(0.3) ? `${question} ${answer}` : answer))
    .join(" ");

const worldText: TextWriter = (random) => {
  const season = random.pick(SEASONS);
  const colour = random.pick(COLOURS);
  const [first, second, mixed] = random.pick(MIXES);
  const [subject, verb, name] = random.pick(COLOUR_FACTS);
  const lines = [
    ...random.sample(CAPITALS, 3).map(([country, city]) => `The capital of ${country} is ${city}.`),
    ...random.sample(OPPOSITES, 3).map(([one, other]) => `The opposite of ${one} is ${other}.`),
    `In ${season.name} the weather is ${season.weather}, and ${season.sign}.`,
    `${capitalise(joinWords(colour.examples.slice(0, 3)))} are ${colour.name}.`,
    `${capitalise(first)} and ${second} make ${mixed}.`,
    `${capitalise(subject)} ${verb} ${name}.`,
  ];
  return random.sample(lines, 5).join(" ");
};

const listText: TextWriter = (random) =>
  random
    .sample(GROUPS_OF_WORDS, 3)
    .map(([kind, members]) => `Some ${kind} are ${joinWords(members.slice(0, random.int(3, 4)))}.`)
    .join(" ");

const sceneText: TextWriter = (random) =>
  random
    .sample(SENTENCES, 4)
    .map(([, sentences]) => random.pick(sentences))
    .join(" ");

const practicalText: TextWriter = (random) => {
  const [task, steps] = random.pick(HOW_TOS);
  const [goal, advice] = random.pick(ADVICE);
  return random.pick([
    `How to ${task}:\n${steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}`,
    `If you want to ${goal}: ${advice}`,
    random.pick(VERSES)[1],
  ]);
};

const sumText: TextWriter = (random) =>
  Array.from({ length: 5 }, () => {
    const [left, right] = [random.int(0, 10), random.int(0, 10)];
    if (random.chance(0.6)) return `${left} + ${right} = ${left + right}`;
    return `${left + right} - ${right} = ${left}`;
  }).join("\n");

const sumStory: TextWriter = (random) => {
  const [name, other] = random.sample(NAMES, 2) as [string, string];
  const item = random.pick(["apple", "ball", "book", "flower", "egg", "coin", "shell", "stone"]);
  const [had, got] = [random.int(1, 9), random.int(1, 9)];
  return `${name} has ${counted(had, item)}. ${other} gives ${name} ${got} more. ${had} + ${got} = ${had + got}. So ${name} has ${counted(had + got, item)}.`;
};

const diary: TextWriter = (random) => {
  const [, , sights] = random.pick(PLACES);
  const [place, at] = random.pick(PLACES);
  const [adjective, scene] = random.pick(WEATHERS);
  const [hobby, remark] = random.pick(HOBBIES);
  const lines = [
    `Today is ${random.pick(DAYS)}. It is ${adjective}. ${scene}`,
    `In the morning I went to ${place} with my ${random.pick(RELATIVES)}. ${capitalise(at)} ${place} we saw ${random.pick(sights)}.`,
    `I like ${hobby}. ${remark}`,
    `In the evening we ate ${plural(random.pick(FOODS.filter((food) => !food.uncountable)).name)} and talked about the day.`,
    `I was tired but happy.`,
  ];
  return lines.filter(() => random.chance(0.75)).join(" ") || lines[0]!;
};

const talk: TextWriter = (random) => {
  const [one, two] = random.sample(NAMES, 2) as [string, string];
  const [hobby, remark] = random.pick(HOBBIES);
  const place = random.pick(PLACES)[0];
  return random.pick([
    `"Hello, my name is ${one}," said ${one}. "Hello ${one}! My name is ${two}. It is nice to meet you," said ${two}.`,
    `"What do you like?" asked ${one}. "I like ${hobby}," said ${two}. "${remark}"`,
    `"Where are you going?" asked ${one}. "I am going to ${place}," said ${two}. "Do you want to come with me?" "Yes, I do," said ${one}.`,
    `"How are you?" asked ${one}. "I am fine, thank you," said ${two}. "And how are you?"`,
  ]);
};

const aboutModel: TextWriter = (random) =>
  random.pick([
    `${PERSONA.name} is a small language model. It was made by ${PERSONA.author}. It can answer simple questions and tell short stories.`,
    `${capitalise(PERSONA.author)} made a small language model called ${PERSONA.name}. It lives in your computer.`,
    `A language model is a program that has learned to write text by reading many examples. ${PERSONA.name} is a very small one.`,
  ]);

/** Every kind of text with its share. */
export const TEXT_WRITERS: readonly (readonly [weight: number, writer: TextWriter])[] = [
  [10, animalText],
  [8, objectText],
  [8, factText],
  [8, worldText],
  [4, listText],
  [5, sceneText],
  [3, practicalText],
  [4, sumText],
  [3, sumStory],
  [5, diary],
  [4, talk],
  [1, aboutModel],
];
