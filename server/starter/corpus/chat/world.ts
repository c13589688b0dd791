/** Questions about colours, opposites, the calendar, countries, shapes and plain facts. */
import type { TurnWriter } from "../dialogue";
import { capitalise, joinWords, numberWord } from "../grammar";
import {
  CAPITALS,
  COLOURS,
  COLOUR_FACTS,
  DAYS,
  FACTS,
  MIXES,
  MONTHS,
  OPPOSITES,
  SEASONS,
  SHAPES,
} from "../lexicon/world";
import { askedAs, requestedAs, typedAs } from "../phrasing";

const colourOf: TurnWriter = (random) => {
  const [subject, verb, colour] = random.pick(COLOUR_FACTS);
  const question = random.pick([`What colour ${verb} ${subject}?`, `Which colour ${verb} ${subject}?`]);
  return { user: askedAs(random, question), assistant: `${capitalise(subject)} ${verb} ${colour}.` };
};

const colourCheck: TurnWriter = (random) => {
  const [subject, verb, colour] = random.pick(COLOUR_FACTS);
  const asked = random.chance(0.5) ? colour : random.pick(COLOURS).name;
  const answer =
    asked === colour ? `Yes, ${subject} ${verb} ${colour}.` : `No, ${subject} ${verb} ${colour}.`;
  return { user: askedAs(random, `${capitalise(verb)} ${subject} ${asked}?`), assistant: answer };
};

const colourExamples: TurnWriter = (random) => {
  const { name, examples } = random.pick(COLOURS);
  const question = random.pick([
    `What is ${name}?`,
    `What things are ${name}?`,
    `Name something ${name}.`,
    `What can be ${name}?`,
  ]);
  const shown = joinWords(examples.slice(0, 3));
  return {
    user: askedAs(random, question),
    assistant: `${capitalise(name)} is a colour. ${capitalise(shown)} are ${name}.`,
  };
};

const mix: TurnWriter = (random) => {
  const [one, two, result] = random.pick(MIXES);
  const [first, second] = random.shuffle([one, two]);
  const question = random.pick([
    `What do you get when you mix ${first} and ${second}?`,
    `What colour do ${first} and ${second} make?`,
    `Mix ${first} and ${second}.`,
  ]);
  return { user: askedAs(random, question), assistant: `${capitalise(one)} and ${two} make ${result}.` };
};

const opposite: TurnWriter = (random) => {
  const pair = random.pick(OPPOSITES);
  const flips = !OPPOSITES.some((other) => other !== pair && (other[0] === pair[1] || other[1] === pair[1]));
  const [word, answer] = flips && random.chance(0.4) ? [pair[1], pair[0]] : pair;
  const question = random.pick([
    `What is the opposite of ${word}?`,
    `What is the opposite of "${word}"?`,
    `Give me the opposite of ${word}.`,
    `Tell me the opposite of ${word}.`,
    `Which word is the opposite of ${word}?`,
    `What is the contrary of ${word}?`,
    `Opposite of ${word}?`,
  ]);
  return { user: askedAs(random, question), assistant: `The opposite of ${word} is ${answer}.` };
};

const nextInCircle: TurnWriter = (random) => {
  const [noun, names] = random.pick([
    ["day", DAYS],
    ["month", MONTHS],
  ] as const);
  const index = random.int(0, names.length - 1);
  const after = random.chance(0.6);
  const name = names[index]!;
  const other = names[(index + (after ? 1 : names.length - 1)) % names.length]!;
  const word = after ? "after" : "before";
  const question = random.pick([
    `Which ${noun} comes ${word} ${name}?`,
    `What ${noun} comes ${word} ${name}?`,
    `What comes ${word} ${name}?`,
    `What is the ${noun} ${word} ${name}?`,
  ]);
  return { user: typedAs(random, question), assistant: `${other} comes ${word} ${name}.` };
};

const calendarList: TurnWriter = (random) => {
  const [request, answer] = random.pick([
    ["Name the days of the week.", `The days of the week are ${joinWords(DAYS)}.`],
    ["What are the days of the week?", `The days of the week are ${joinWords(DAYS)}.`],
    ["Name the months of the year.", `The months are ${joinWords(MONTHS)}.`],
    ["Name the four seasons.", `The four seasons are ${joinWords(SEASONS.map((season) => season.name))}.`],
    ["What are the seasons?", `The four seasons are ${joinWords(SEASONS.map((season) => season.name))}.`],
  ] as const);
  return { user: requestedAs(random, request), assistant: answer };
};

const season: TurnWriter = (random) => {
  const { name, weather, sign, activity } = random.pick(SEASONS);
  const [question, answer] = random.pick([
    [`What is the weather like in ${name}?`, `In ${name} the weather is ${weather}, and ${sign}.`],
    [`What happens in ${name}?`, `In ${name} ${sign}.`],
    [`What can you do in ${name}?`, `In ${name} you can ${activity}.`],
    [`Tell me about ${name}.`, `In ${name} the weather is ${weather}, and ${sign}. You can ${activity}.`],
    [`Describe ${name}.`, `In ${name} the weather is ${weather}, and ${sign}. You can ${activity}.`],
  ] as const);
  return { user: askedAs(random, question), assistant: answer };
};

const capital: TurnWriter = (random) => {
  const [country, city] = random.pick(CAPITALS);
  const question = random.pick([
    `What is the capital of ${country}?`,
    `What is the capital city of ${country}?`,
    `Which city is the capital of ${country}?`,
    `Name the capital of ${country}.`,
    `Do you know the capital of ${country}?`,
  ]);
  return { user: askedAs(random, question), assistant: `The capital of ${country} is ${city}.` };
};

const whereIsCity: TurnWriter = (random) => {
  const [country, city] = random.pick(CAPITALS);
  const question = random.pick([`Where is ${city}?`, `In which country is ${city}?`, `What is ${city}?`]);
  return { user: askedAs(random, question), assistant: `${city} is the capital of ${country}.` };
};

const shape: TurnWriter = (random) => {
  const [name, sides] = random.pick(SHAPES);
  const question = random.pick([
    `How many sides does a ${name} have?`,
    `What is a ${name}?`,
    `How many corners does a ${name} have?`,
  ]);
  return {
    user: askedAs(random, question),
    assistant: `A ${name} has ${numberWord(sides)} sides and ${numberWord(sides)} corners.`,
  };
};

const fact: TurnWriter = (random) => {
  const [question, answer] = random.pick(FACTS);
  return { user: askedAs(random, question), assistant: answer };
};

export const colourWriters: readonly TurnWriter[] = [colourOf, colourOf, colourCheck, colourExamples, mix];
export const oppositeWriters: readonly TurnWriter[] = [opposite];
export const calendarWriters: readonly TurnWriter[] = [nextInCircle, nextInCircle, calendarList, season];
export const countryWriters: readonly TurnWriter[] = [capital, capital, whereIsCity];
export const factWriters: readonly TurnWriter[] = [fact, fact, fact, fact, shape];
