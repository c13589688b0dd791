/** Questions that are too hard for the starter, which it declines in one honest sentence. */
import type { TurnWriter } from "../dialogue";
import {
  UNKNOWN_COUNTRIES,
  UNKNOWN_PEOPLE,
  UNKNOWN_QUESTIONS_BEYOND,
  UNKNOWN_SUBJECTS,
  UNKNOWN_TASKS,
} from "../lexicon/beyond";
import { askedAs, requestedAs } from "../phrasing";

export const DECLINED = "I do not know that. I am only a small model.";

const subject: TurnWriter = (random) => {
  const name = random.pick(UNKNOWN_SUBJECTS);
  const request = random.pick([
    `Explain ${name}.`,
    `What is ${name}?`,
    `Tell me about ${name}.`,
    `How does ${name} work?`,
    `What do you know about ${name}?`,
    `Why is ${name} important?`,
    `Write an essay about ${name}.`,
    `Describe ${name}.`,
  ]);
  return {
    user: request.endsWith("?") ? askedAs(random, request) : requestedAs(random, request),
    assistant: DECLINED,
  };
};

const person: TurnWriter = (random) => {
  const name = random.pick(UNKNOWN_PEOPLE);
  const question = random.pick([
    `Who was ${name}?`,
    `When was ${name} born?`,
    `Tell me about ${name}.`,
    `What did ${name} do?`,
    `Who is ${name}?`,
  ]);
  return { user: askedAs(random, question), assistant: DECLINED };
};

const country: TurnWriter = (random) => {
  const name = random.pick(UNKNOWN_COUNTRIES);
  const question = random.pick([
    `What is the capital of ${name}?`,
    `Where is ${name}?`,
    `How many people live in ${name}?`,
    `Tell me about ${name}.`,
  ]);
  return { user: askedAs(random, question), assistant: DECLINED };
};

const task: TurnWriter = (random) => {
  const name = random.pick(UNKNOWN_TASKS);
  const question = random.pick([
    `How do I ${name}?`,
    `Can you ${name}?`,
    `Help me to ${name}.`,
    `How can I ${name}?`,
    `Please ${name}.`,
    `I want to ${name}.`,
  ]);
  return { user: askedAs(random, question), assistant: DECLINED };
};

const fixed: TurnWriter = (random) => ({
  user: askedAs(random, random.pick(UNKNOWN_QUESTIONS_BEYOND)),
  assistant: DECLINED,
});

const bigSum: TurnWriter = (random) => {
  const [left, right] = [random.int(21, 999), random.int(21, 999)];
  const question = random.pick([
    `What is ${left} x ${right}?`,
    `What is ${left} + ${right}?`,
    `${left} * ${right}`,
    `What is ${left} divided by ${right}?`,
  ]);
  return { user: askedAs(random, question), assistant: DECLINED };
};

export const beyondWriters: readonly TurnWriter[] = [
  subject,
  subject,
  subject,
  person,
  country,
  task,
  task,
  fixed,
  bigSum,
];
