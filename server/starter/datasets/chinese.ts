/** Chinese instructions with polite, fuller answers than the starter gives on its own, in alpaca format. */
import {
  ZH_ANIMALS,
  ZH_COLOUR_FACTS,
  ZH_FACTS,
  ZH_FOODS,
  ZH_NAMES,
  ZH_OPPOSITES,
  ZH_PLACES,
} from "../corpus/lexicon/chinese";
import { TRANSLATIONS } from "../corpus/lexicon/writing";
import { Random } from "../corpus/random";
import { alpacaRow, distinctRows, type AlpacaRow } from "./row";

const SEED = 31_415;
const ROWS = 150;

type RowWriter = (random: Random) => AlpacaRow;

const polite = (instruction: string, answer: string, input = "") =>
  alpacaRow(instruction, `好的。${answer}希望对你有帮助！`, input);

const animal: RowWriter = (random) => {
  const [name, measure, colour, home, food, ability] = random.pick(ZH_ANIMALS);
  return random.pick([
    polite(`请介绍一下${name}。`, `${name}常常是${colour}的，住在${home}，喜欢吃${food}。`),
    polite(`请用“${name}”写一个句子。`, `我在${home}看到了一${measure}${name}。`),
    polite("这种动物会做什么？", `${name}会${ability}。`, name),
  ]);
};

const food: RowWriter = (random) => {
  const [name, kind, colour, taste] = random.pick(ZH_FOODS);
  return random.pick([
    polite(`请介绍一下${name}。`, `${name}是一种${colour}的${kind}，味道${taste}。`),
    polite("这是什么味道的？", `${name}的味道是${taste}的。`, name),
  ]);
};

const opposite: RowWriter = (random) => {
  const [word, answer] = random.pick(ZH_OPPOSITES);
  return polite("请说出这个字的反义词。", `“${word}”的反义词是“${answer}”。`, word);
};

const translation: RowWriter = (random) => {
  const [english, chinese] = random.pick(TRANSLATIONS);
  return polite("请把这个词翻译成中文。", `“${english}”的中文是“${chinese}”。`, english);
};

const fact: RowWriter = (random) => {
  const [question, answer] = random.pick(ZH_FACTS);
  return polite(`请问，${question}`, answer);
};

const colour: RowWriter = (random) => {
  const [subject, name] = random.pick(ZH_COLOUR_FACTS);
  return polite(`请用一句话写写${subject}。`, `${subject}是${name}的，很美丽。`);
};

const trip: RowWriter = (random) => {
  const name = random.pick(ZH_NAMES);
  const place = random.pick(ZH_PLACES);
  return polite(`请写一句话，说${name}去了${place}。`, `今天${name}去了${place}，玩得很开心。`);
};

const WRITERS: readonly RowWriter[] = [
  animal,
  food,
  opposite,
  fact,
  translation,
  animal,
  trip,
  fact,
  colour,
  food,
];

/** 150 rows, the same on every machine. */
export function chineseRows(): AlpacaRow[] {
  const random = new Random(SEED);
  return distinctRows(
    ROWS,
    ({ instruction, input }) => `${instruction}\n${input}`,
    (index) => WRITERS[index % WRITERS.length]!(random),
  );
}
