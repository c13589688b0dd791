/** Small sums, counting and comparing, answered at once; the step-by-step kind is in reasoning.ts. */
import type { TurnWriter } from "../dialogue";
import { joinWords, numberWord } from "../grammar";
import { askedAs, requestedAs, typedAs } from "../phrasing";

const sum: TurnWriter = (random) => {
  const left = random.int(0, 10);
  const right = random.int(0, 10);
  const question = random.pick([
    `What is ${left} + ${right}?`,
    `What is ${left} plus ${right}?`,
    `${left} + ${right} = ?`,
    `${left}+${right}`,
    `How much is ${left} + ${right}?`,
    `Add ${left} and ${right}.`,
    `Calculate ${left} + ${right}.`,
    `What is ${numberWord(left)} plus ${numberWord(right)}?`,
  ]);
  return { user: askedAs(random, question), assistant: `${left} + ${right} = ${left + right}` };
};

const difference: TurnWriter = (random) => {
  const left = random.int(1, 12);
  const right = random.int(0, left);
  const question = random.pick([
    `What is ${left} - ${right}?`,
    `What is ${left} minus ${right}?`,
    `${left} - ${right} = ?`,
    `${left}-${right}`,
    `How much is ${left} - ${right}?`,
    `Take ${right} away from ${left}.`,
  ]);
  return { user: askedAs(random, question), assistant: `${left} - ${right} = ${left - right}` };
};

const product: TurnWriter = (random) => {
  const left = random.int(1, 5);
  const right = random.int(1, 5);
  const question = random.pick([
    `What is ${left} times ${right}?`,
    `What is ${left} x ${right}?`,
    `${left} * ${right}`,
    `Multiply ${left} by ${right}.`,
  ]);
  return { user: askedAs(random, question), assistant: `${left} x ${right} = ${left * right}` };
};

const countTo: TurnWriter = (random) => {
  const last = random.int(3, 12);
  const numbers = Array.from({ length: last }, (_, index) => String(index + 1));
  const request = random.pick([
    `Count to ${last}.`,
    `Count to ${numberWord(last)}.`,
    `Count from 1 to ${last}.`,
    `Count up to ${last}.`,
  ]);
  return { user: requestedAs(random, request), assistant: numbers.join(", ") };
};

const countDown: TurnWriter = (random) => {
  const first = random.int(3, 10);
  const numbers = Array.from({ length: first }, (_, index) => String(first - index));
  return {
    user: requestedAs(random, random.pick([`Count down from ${first}.`, `Count backwards from ${first}.`])),
    assistant: numbers.join(", "),
  };
};

const neighbour: TurnWriter = (random) => {
  const value = random.int(1, 19);
  const after = random.chance(0.6);
  const question = random.pick([
    `What number comes ${after ? "after" : "before"} ${value}?`,
    `Which number comes ${after ? "after" : "before"} ${value}?`,
  ]);
  return {
    user: askedAs(random, question),
    assistant: `The number ${after ? "after" : "before"} ${value} is ${after ? value + 1 : value - 1}.`,
  };
};

const larger: TurnWriter = (random) => {
  const [one, two] = random.sample(
    Array.from({ length: 20 }, (_, index) => index + 1),
    2,
  ) as [number, number];
  const high = Math.max(one, two);
  const low = Math.min(one, two);
  const question = random.pick([
    `Which is bigger, ${one} or ${two}?`,
    `Which number is larger, ${one} or ${two}?`,
    `What is more, ${one} or ${two}?`,
  ]);
  return { user: askedAs(random, question), assistant: `${high} is bigger than ${low}.` };
};

const parity: TurnWriter = (random) => {
  const value = random.int(1, 20);
  const kind = value % 2 === 0 ? "even" : "odd";
  const asked = random.pick(["even", "odd"]);
  return {
    user: typedAs(random, `Is ${value} ${asked}?`),
    assistant: asked === kind ? `Yes, ${value} is ${kind}.` : `No, ${value} is ${kind}.`,
  };
};

const evenNumbers: TurnWriter = (random) => {
  const [kind, first] = random.pick([
    ["even", 2],
    ["odd", 1],
  ] as const);
  const count = random.int(3, 5);
  const numbers = Array.from({ length: count }, (_, index) => String(first + 2 * index));
  return {
    user: requestedAs(random, `Name ${numberWord(count)} ${kind} numbers.`),
    assistant: `${joinWords(numbers)} are ${kind} numbers.`,
  };
};

export const sumWriters: readonly TurnWriter[] = [sum, sum, difference, product];
export const countingWriters: readonly TurnWriter[] = [
  countTo,
  countTo,
  countDown,
  neighbour,
  larger,
  parity,
  evenNumbers,
];
