/**
 * Problems that are answered after thinking aloud: `<think>` holds the steps, the answer follows after a blank line.
 * The answer repeats what the steps found, never more.
 */
import type { TurnWriter } from "../dialogue";
import { counted, plural, withArticle } from "../grammar";
import { ANIMALS } from "../lexicon/animals";
import { NAMES } from "../lexicon/people";
import { DAYS } from "../lexicon/world";
import { typedAs } from "../phrasing";
import type { Random } from "../random";

const ITEMS = [
  "apple",
  "ball",
  "book",
  "pencil",
  "flower",
  "egg",
  "coin",
  "shell",
  "cake",
  "orange",
  "stone",
  "card",
] as const;

/** `<think>` with its steps, a blank line, the answer: the form of DeepSeek-R1 and Qwen3. */
export function thinkThen(steps: readonly string[], answer: string): string {
  return `<think>\n${steps.join(" ")}\n</think>\n\n${answer}`;
}

const gain: TurnWriter = (random) => {
  const [name, giver] = random.sample(NAMES, 2) as [string, string];
  const item = random.pick(ITEMS);
  const [had, got] = [random.int(1, 9), random.int(1, 9)];
  const user = random.pick([
    `${name} has ${counted(had, item)}. ${giver} gives ${name} ${got} more. How many ${item}s does ${name} have?`,
    `${name} has ${counted(had, item)} and gets ${got} more. How many ${item}s does ${name} have now?`,
    `${name} has ${counted(had, item)} and finds ${got} more. How many are there now?`,
  ]);
  const steps = [`${name} starts with ${had}.`, `${got} more come.`, `${had} + ${got} = ${had + got}.`];
  return { user, assistant: thinkThen(steps, `${name} has ${counted(had + got, item)}.`) };
};

const loss: TurnWriter = (random) => {
  const [name, taker] = random.sample(NAMES, 2) as [string, string];
  const item = random.pick(ITEMS);
  const had = random.int(2, 12);
  const lost = random.int(1, had - 1);
  const user = random.pick([
    `${name} has ${counted(had, item)} and gives ${lost} to ${taker}. How many ${item}s does ${name} have left?`,
    `${name} has ${counted(had, item)} and loses ${lost}. How many ${item}s are left?`,
    `${name} has ${counted(had, item)}. ${taker} takes ${lost}. How many does ${name} have now?`,
  ]);
  const steps = [`${name} starts with ${had}.`, `${lost} go away.`, `${had} - ${lost} = ${had - lost}.`];
  return { user, assistant: thinkThen(steps, `${name} has ${counted(had - lost, item)} left.`) };
};

const threeNumbers: TurnWriter = (random) => {
  const [a, b, c] = [random.int(1, 6), random.int(1, 6), random.int(1, 6)];
  const user = random.pick([
    `What is ${a} + ${b} + ${c}?`,
    `Add ${a}, ${b} and ${c}.`,
    `${a} + ${b} + ${c} = ?`,
    `Think step by step: what is ${a} + ${b} + ${c}?`,
  ]);
  const steps = [`First ${a} + ${b} = ${a + b}.`, `Then ${a + b} + ${c} = ${a + b + c}.`];
  return { user: typedAs(random, user), assistant: thinkThen(steps, `The answer is ${a + b + c}.`) };
};

const taller: TurnWriter = (random) => {
  const [first, second, third] = random.sample(NAMES, 3) as [string, string, string];
  const [more, most, least] = random.pick([
    ["taller", "tallest", "shortest"],
    ["older", "oldest", "youngest"],
    ["faster", "fastest", "slowest"],
  ] as const);
  const wantsMost = random.chance(0.6);
  const user = `${first} is ${more} than ${second}. ${second} is ${more} than ${third}. Who is the ${wantsMost ? most : least}?`;
  const steps = [
    `${first} is ${more} than ${second}.`,
    `${second} is ${more} than ${third}.`,
    `So the order is ${first}, ${second}, ${third}.`,
  ];
  return {
    user,
    assistant: thinkThen(steps, `${wantsMost ? first : third} is the ${wantsMost ? most : least}.`),
  };
};

const legsTogether: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS.filter((one) => one.legs > 0));
  const count = random.int(2, 4);
  const user = `How many legs do ${counted(count, animal.name)} have together?`;
  const steps = [
    `One ${animal.name} has ${animal.legs} legs.`,
    `${count} x ${animal.legs} = ${count * animal.legs}.`,
  ];
  return {
    user: typedAs(random, user),
    assistant: thinkThen(steps, `They have ${count * animal.legs} legs together.`),
  };
};

const sorted: TurnWriter = (random) => {
  const numbers = random.sample([1, 2, 3, 4, 5, 6, 7, 8, 9], random.int(3, 4));
  const order = [...numbers].sort((one, two) => one - two);
  const user = random.pick([
    `Sort these numbers: ${numbers.join(", ")}`,
    `Put these numbers in order: ${numbers.join(", ")}`,
  ]);
  const steps = order
    .slice(0, -1)
    .map((value, index) => (index === 0 ? `The smallest is ${value}.` : `Then comes ${value}.`));
  steps.push(`The largest is ${order[order.length - 1]}.`);
  return { user: typedAs(random, user), assistant: thinkThen(steps, order.join(", ")) };
};

const laterDay: TurnWriter = (random) => {
  const start = random.int(0, 6);
  const ahead = random.int(2, 3);
  const user = random.pick([
    `Today is ${DAYS[start]}. Which day is it in ${ahead} days?`,
    `If today is ${DAYS[start]}, what day is it in ${ahead} days?`,
  ]);
  const steps = [`Today is ${DAYS[start]}.`];
  for (let step = 1; step <= ahead; step++)
    steps.push(`After ${step} ${step === 1 ? "day" : "days"} it is ${DAYS[(start + step) % 7]}.`);
  return { user, assistant: thinkThen(steps, `It will be ${DAYS[(start + ahead) % 7]}.`) };
};

const everyIsA: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const name = random.pick(NAMES);
  const claim = random.pick([
    [`have ${animal.legs} legs`, `has ${animal.legs} legs`],
    [`eat ${animal.food}`, `eats ${animal.food}`],
    [`can ${animal.can[0]}`, `can ${animal.can[0]}`],
  ] as const);
  const rule = `All ${plural(animal.name)} ${claim[0]}.`;
  const user = `${rule} ${name} is ${withArticle(animal.name)}. What do we know about ${name}?`;
  const steps = [rule, `${name} is one of them.`];
  return { user, assistant: thinkThen(steps, `${name} ${claim[1]}.`) };
};

const double: TurnWriter = (random) => {
  const value = random.int(1, 10);
  const [word, steps, result] = random.pick([
    ["double", [`Double means two times.`, `2 x ${value} = ${2 * value}.`], 2 * value],
    ["half", [`Half means one of two equal parts.`, `${2 * value} = ${value} + ${value}.`], value],
  ] as const);
  const shown = word === "half" ? 2 * value : value;
  return {
    user: typedAs(random, `What is ${word} of ${shown}?`.replace("double of", "the double of")),
    assistant: thinkThen(steps, `The answer is ${result}.`),
  };
};

export const reasoningWriters: readonly TurnWriter[] = [
  gain,
  gain,
  loss,
  loss,
  threeNumbers,
  taller,
  taller,
  legsTogether,
  sorted,
  laterDay,
  everyIsA,
  double,
];

/** For datasets: one problem of each kind in turn. */
export function reasoningTurn(random: Random, index: number) {
  return reasoningWriters[index % reasoningWriters.length]!(random);
}
