/**
 * Problems with two or more steps, in sharegpt format: the answer thinks aloud between `<think>` and `</think>` first.
 * The problems differ in kind from those that the starter was trained on.
 */
import { thinkThen } from "../corpus/chat/reasoning";
import { counted, plural } from "../corpus/grammar";
import { BOYS, GIRLS } from "../corpus/lexicon/people";
import { CAPITALS, MONTHS, OPPOSITES } from "../corpus/lexicon/world";
import { GROUPS_OF_WORDS } from "../corpus/lexicon/writing";
import { Random } from "../corpus/random";
import { distinctRows, type SharegptRow } from "./row";

const SEED = 7_071;
const ROWS = 150;
const ITEMS = ["apple", "book", "egg", "coin", "shell", "flower", "pencil", "card"] as const;

interface Problem {
  readonly question: string;
  readonly steps: readonly string[];
  readonly answer: string;
}
type ProblemWriter = (random: Random) => Problem;

function person(random: Random): { name: string; he: string } {
  return random.chance(0.5) ? { name: random.pick(BOYS), he: "He" } : { name: random.pick(GIRLS), he: "She" };
}

const gainThenLoss: ProblemWriter = (random) => {
  const { name, he } = person(random);
  const item = random.pick(ITEMS);
  const [had, got] = [random.int(2, 8), random.int(1, 6)];
  const lost = random.int(1, had);
  return {
    question: `${name} has ${counted(had, item)}. ${he} buys ${got} more and then gives ${lost} away. How many ${plural(item)} are left?`,
    steps: [
      `First count what comes: ${had} + ${got} = ${had + got}.`,
      `Then take away what goes: ${had + got} - ${lost} = ${had + got - lost}.`,
    ],
    answer: `${name} has ${counted(had + got - lost, item)} left.`,
  };
};

const boxes: ProblemWriter = (random) => {
  const item = random.pick(ITEMS);
  const [count, each] = [random.int(2, 5), random.int(2, 5)];
  return {
    question: `There are ${count} boxes. Each box holds ${counted(each, item)}. How many ${plural(item)} are there?`,
    steps: [`There are ${count} boxes with ${each} each.`, `${count} x ${each} = ${count * each}.`],
    answer: `There are ${counted(count * each, item)}.`,
  };
};

const sharing: ProblemWriter = (random) => {
  const item = random.pick(ITEMS);
  const [people, each] = [random.int(2, 4), random.int(1, 5)];
  return {
    question: `${people} friends share ${counted(people * each, item)}. How many does each friend get?`,
    steps: [
      `${people} friends share ${people * each}.`,
      `${people} x ${each} = ${people * each}.`,
      `So each one gets ${each}.`,
    ],
    answer: `Each friend gets ${counted(each, item)}.`,
  };
};

const whoHasMore: ProblemWriter = (random) => {
  const [one, two] = random.sample([...BOYS, ...GIRLS], 2) as [string, string];
  const item = random.pick(ITEMS);
  const [first, second] = random.sample([1, 2, 3, 4, 5, 6, 7, 8, 9], 2) as [number, number];
  const [winner, high, low] = first > second ? [one, first, second] : [two, second, first];
  return {
    question: `${one} has ${counted(first, item)} and ${two} has ${counted(second, item)}. Who has more, and how many more?`,
    steps: [`${high} is bigger than ${low}.`, `${high} - ${low} = ${high - low}.`],
    answer: `${winner} has ${high - low} more.`,
  };
};

const nextInRow: ProblemWriter = (random) => {
  const [start, step] = [random.int(1, 5), random.int(1, 3)];
  const row = [0, 1, 2, 3].map((index) => start + index * step);
  const next = start + 4 * step;
  return {
    question: `Which number comes next: ${row.join(", ")}?`,
    steps: [`Each number is ${step} more than the one before.`, `${row[3]} + ${step} = ${next}.`],
    answer: `The next number is ${next}.`,
  };
};

const belongs: ProblemWriter = (random) => {
  const [kind, members] = random.pick(GROUPS_OF_WORDS);
  const member = random.pick(members);
  const [other] = random.pick(
    GROUPS_OF_WORDS.filter(([name, words]) => name !== kind && !words.includes(member)),
  );
  const [first, second] = random.shuffle([kind, other]) as [string, string];
  return {
    question: `Does "${member}" belong to ${first} or to ${second}?`,
    steps: [`Some ${kind} are ${members.slice(0, 3).join(", ")}.`, `So "${member}" is one of the ${kind}.`],
    answer: `It belongs to ${kind}.`,
  };
};

const monthsLater: ProblemWriter = (random) => {
  const start = random.int(0, 11);
  const names = [0, 1, 2].map((index) => MONTHS[(start + index) % 12]!);
  return {
    question: `It is ${names[0]}. Which month is it in two months?`,
    steps: [`After ${names[0]} comes ${names[1]}.`, `After ${names[1]} comes ${names[2]}.`],
    answer: `In two months it is ${names[2]}.`,
  };
};

const doubleOpposite: ProblemWriter = (random) => {
  const [word, other] = random.pick(OPPOSITES.slice(0, 30));
  return {
    question: `What is the opposite of the opposite of ${word}?`,
    steps: [`The opposite of ${word} is ${other}.`, `The opposite of that is ${word} again.`],
    answer: `It is ${word}.`,
  };
};

const cityToCity: ProblemWriter = (random) => {
  const [[countryA, cityA], [countryB, cityB]] = random.sample(CAPITALS, 2) as [
    (typeof CAPITALS)[number],
    (typeof CAPITALS)[number],
  ];
  const name = random.pick(GIRLS);
  return {
    question: `${name} travels from ${cityA} to ${cityB}. Which countries does she visit?`,
    steps: [`${cityA} is the capital of ${countryA}.`, `${cityB} is the capital of ${countryB}.`],
    answer: `She visits ${countryA} and ${countryB}.`,
  };
};

const WRITERS: readonly ProblemWriter[] = [
  gainThenLoss,
  boxes,
  sharing,
  whoHasMore,
  nextInRow,
  belongs,
  monthsLater,
  gainThenLoss,
  doubleOpposite,
  cityToCity,
  boxes,
  whoHasMore,
];

/** 150 conversations of one exchange, the same on every machine. */
export function reasoningRows(): SharegptRow[] {
  const random = new Random(SEED);
  return distinctRows(
    ROWS,
    ({ conversations }) => conversations[0]!.value,
    (index): SharegptRow => {
      const { question, steps, answer } = WRITERS[index % WRITERS.length]!(random);
      return {
        conversations: [
          { from: "human", value: question },
          { from: "gpt", value: thinkThen(steps, answer) },
        ],
      };
    },
  );
}
