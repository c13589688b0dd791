/** Chinese prose for pre-training: tiny stories, descriptions, facts. */
import {
  ZH_ANIMALS,
  ZH_COLOUR_FACTS,
  ZH_FACTS,
  ZH_FOODS,
  ZH_NAMES,
  ZH_OPPOSITES,
  ZH_PLACES,
  ZH_WEATHERS,
} from "../lexicon/chinese";
import type { Random } from "../random";

/** A story of three or four sentences. */
export function zhTinyStory(random: Random): string {
  const [name, friend] = random.sample(ZH_NAMES, 2) as [string, string];
  const [animal, measure] = random.pick(ZH_ANIMALS);
  const place = random.pick(ZH_PLACES);
  const weather = random.pick(ZH_WEATHERS);
  return random.pick([
    `今天${weather}。${name}去了${place}，看到了一${measure}${animal}。${name}很喜欢它，他们成了好朋友。`,
    `从前有一${measure}小${animal}，它没有朋友。有一天，它在${place}遇到了${name}。从此他们天天一起玩。`,
    `${name}和${friend}一起去${place}。${weather}，他们玩得很开心。晚上他们一起回家。`,
  ]);
}

const animals = (random: Random): string =>
  random
    .sample(ZH_ANIMALS, 2)
    .map(
      ([name, , colour, home, food, ability]) =>
        `${name}住在${home}，吃${food}，会${ability}。${name}常常是${colour}的。`,
    )
    .join("");

const foods = (random: Random): string =>
  random
    .sample(ZH_FOODS, 3)
    .map(([name, kind, colour, taste]) => `${name}是一种${kind}，是${colour}的，味道${taste}。`)
    .join("");

const facts = (random: Random): string =>
  random
    .sample(ZH_FACTS, 4)
    .map(([, answer]) => answer)
    .join("");

const words = (random: Random): string =>
  [
    ...random.sample(ZH_OPPOSITES, 3).map(([one, other]) => `“${one}”的反义词是“${other}”。`),
    ...random.sample(ZH_COLOUR_FACTS, 2).map(([subject, colour]) => `${subject}是${colour}的。`),
  ].join("");

/** One Chinese text. */
export function chineseText(random: Random): string {
  return random.pick([zhTinyStory, zhTinyStory, animals, foods, facts, words])(random);
}
