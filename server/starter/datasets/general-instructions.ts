/**
 * Short instructions with fuller, friendlier answers than the starter gives on its own: each answer opens with a word
 * to the reader and closes with an offer, so that a tuned model can be told from its base at a glance.
 */
import { capitalise, joinWords, numberWord, plural, withArticle } from "../corpus/grammar";
import { ANIMALS } from "../corpus/lexicon/animals";
import { FRUITS } from "../corpus/lexicon/foods";
import { JOBS, THINGS } from "../corpus/lexicon/things";
import { CAPITALS, OPPOSITES, SEASONS } from "../corpus/lexicon/world";
import { ADVICE, GROUPS_OF_WORDS, HOW_TOS, SENTENCES, TRANSLATIONS } from "../corpus/lexicon/writing";
import { Random } from "../corpus/random";
import { HAND_WRITTEN } from "./hand-written";
import { alpacaRow, distinctRows, type AlpacaRow } from "./row";

const SEED = 20_24;
const ROWS = 300;

type RowWriter = (random: Random) => AlpacaRow;

const OPENERS = ["Sure!", "Of course!", "Happy to help!"] as const;
const CLOSERS = [
  "Do you want to know more?",
  "Is there anything else I can do for you?",
  "I hope this helps!",
] as const;

/** The answer with an opening and a closing word, which depend on the instruction only. */
function friendly(instruction: string, answer: string): string {
  const opener = OPENERS[instruction.length % OPENERS.length]!;
  const closer = CLOSERS[instruction.length % CLOSERS.length]!;
  return `${opener} ${answer} ${closer}`;
}

function row(instruction: string, answer: string, input = ""): AlpacaRow {
  return alpacaRow(instruction, friendly(instruction, answer), input);
}

const list: RowWriter = (random) => {
  const [kind, members] = random.pick(GROUPS_OF_WORDS);
  const count = random.int(2, Math.min(4, members.length));
  const request = random.pick(["Name", "List", "Give me"]);
  return row(
    `${request} ${numberWord(count)} ${kind}.`,
    `${capitalise(numberWord(count))} ${kind} are ${joinWords(members.slice(0, count))}.`,
  );
};

const animal: RowWriter = (random) => {
  const one = random.pick(ANIMALS);
  const name = withArticle(one.name);
  return random.pick([
    row(
      `Tell me about ${plural(one.name)}.`,
      `${capitalise(name)} is ${withArticle(one.kind)}. It is ${one.trait} and lives ${one.home}.`,
    ),
    row(`What do ${plural(one.name)} eat?`, `${capitalise(plural(one.name))} eat ${one.food}.`),
    row("Where does this animal live?", `${capitalise(name)} lives ${one.home}.`, one.name),
  ]);
};

const thing: RowWriter = (random) => {
  const one = random.pick(THINGS.filter(({ name }) => name !== "scissors"));
  return random.pick([
    row(`What is ${withArticle(one.name)} for?`, `You can use ${withArticle(one.name)} to ${one.use}.`),
    row(
      "What is this thing made of?",
      `${capitalise(withArticle(one.name))} is often made of ${one.material}.`,
      one.name,
    ),
  ]);
};

const job: RowWriter = (random) => {
  const one = random.pick(JOBS);
  return row(
    `Explain what ${withArticle(one.name)} does.`,
    `${capitalise(withArticle(one.name))} ${one.does} and works ${one.place}.`,
  );
};

const fruit: RowWriter = (random) => {
  const one = random.pick(FRUITS);
  return row(
    `Describe ${withArticle(one.name)} in one sentence.`,
    `${capitalise(withArticle(one.name))} is a ${one.colour} fruit that tastes ${one.taste}.`.replace(
      /a ([aeiou])/,
      "an $1",
    ),
  );
};

const opposite: RowWriter = (random) => {
  const [word, answer] = random.pick(OPPOSITES);
  return row("Give the opposite of this word.", `The opposite of ${word} is ${answer}.`, word);
};

const capital: RowWriter = (random) => {
  const [country, city] = random.pick(CAPITALS);
  return row("Name the capital of this country.", `The capital of ${country} is ${city}.`, country);
};

const translation: RowWriter = (random) => {
  const [english, chinese] = random.pick(TRANSLATIONS);
  return row("Translate this word into Chinese.", `"${english}" in Chinese is ${chinese}.`, english);
};

const sentence: RowWriter = (random) => {
  const [subject, sentences] = random.pick(SENTENCES);
  return row(`Write two sentences about ${subject}.`, sentences.join(" "));
};

const advice: RowWriter = (random) => {
  const [goal, text] = random.pick(ADVICE);
  return row(`Give me advice: I want to ${goal}.`, text);
};

const steps: RowWriter = (random) => {
  const [task, parts] = random.pick(HOW_TOS);
  return row(
    `Explain in steps how to ${task}.`,
    `Here are the steps.\n${parts.map((part, index) => `${index + 1}. ${part}`).join("\n")}\n`.trimEnd(),
  );
};

const season: RowWriter = (random) => {
  const { name, weather, activity } = random.pick(SEASONS);
  return row(`What should I do in ${name}?`, `In ${name} the weather is ${weather}, so you can ${activity}.`);
};

const WRITERS: readonly RowWriter[] = [
  list,
  animal,
  thing,
  job,
  animal,
  fruit,
  opposite,
  capital,
  translation,
  sentence,
  list,
  advice,
  thing,
  steps,
  season,
];

/** 300 rows, the same on every machine. */
export function generalInstructionRows(): AlpacaRow[] {
  const random = new Random(SEED);
  const written = HAND_WRITTEN.map(([instruction, answer]) => row(instruction, answer));
  const generated = distinctRows<AlpacaRow>(
    ROWS - written.length,
    ({ instruction, input }) => `${instruction}\n${input}`,
    (index) => WRITERS[index % WRITERS.length]!(random),
  );
  return random.shuffle([...written, ...generated]);
}
