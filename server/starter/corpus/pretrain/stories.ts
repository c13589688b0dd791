/**
 * Short stories from a small grammar: somebody goes somewhere, something happens, it ends well. Each plot is a function
 * of a cast, so the same plot reads differently with another hero, place and weather.
 */
import { capitalise, withArticle } from "../grammar";
import { ANIMALS, type Animal } from "../lexicon/animals";
import { BOYS, GIRLS, PLACES, RELATIVES, TREASURES, WEATHERS } from "../lexicon/people";
import { FOODS } from "../lexicon/foods";
import { JOBS } from "../lexicon/things";
import type { Random } from "../random";

export interface Cast {
  readonly hero: string;
  readonly friend: string;
  readonly he: "he" | "she";
  readonly his: "his" | "her";
  readonly him: "him" | "her";
  readonly animal: Animal;
  readonly place: string;
  readonly at: string;
  readonly sight: string;
  readonly weather: string;
  readonly treasure: string;
  readonly food: string;
  readonly relative: string;
  readonly job: string;
}

type Plot = (cast: Cast, random: Random) => string[];

const LITTLE = ANIMALS.filter((animal) => animal.size === "small" || animal.size === "tiny");

/** Draws the people, animal, place and things of a story. */
export function drawCast(random: Random): Cast {
  const isGirl = random.chance(0.5);
  const [hero, friend] = isGirl
    ? [random.pick(GIRLS), random.pick(BOYS)]
    : [random.pick(BOYS), random.pick(GIRLS)];
  const [place, preposition, sights] = random.pick(PLACES);
  return {
    hero,
    friend,
    he: isGirl ? "she" : "he",
    his: isGirl ? "her" : "his",
    him: isGirl ? "her" : "him",
    animal: random.pick(LITTLE),
    place,
    at: `${preposition} ${place}`,
    sight: random.pick(sights),
    weather: random.pick(WEATHERS)[1],
    treasure: random.pick(TREASURES),
    food: random.pick(FOODS.filter((food) => !food.uncountable)).name,
    relative: random.pick(RELATIVES),
    job: random.pick(JOBS).name,
  };
}

const lostAnimal: Plot = ({ hero, he, his, animal, place, at, sight }) => [
  `${hero} had ${withArticle(animal.name)}.`,
  `One day the ${animal.name} ran away.`,
  `${hero} went to ${place} and looked everywhere.`,
  `There ${he} saw ${sight}, and behind it sat the ${animal.name}.`,
  `${hero} was very happy and carried ${his} ${animal.name} home.`,
  `From then on, they always stayed together ${at}.`,
];

const foundTreasure: Plot = ({ hero, friend, he, his, place, treasure, weather, relative }) => [
  weather,
  `${hero} went to ${place} with ${friend}.`,
  `On the ground ${he} found ${withArticle(treasure)}.`,
  `"Whose ${treasure} is this?" asked ${friend}.`,
  `They asked many people, but nobody knew.`,
  `At last ${hero} showed it to ${his} ${relative}.`,
  `"I lost it long ago," said the ${relative} and smiled.`,
];

const sharedFood: Plot = ({ hero, friend, he, him, food }) => [
  `${hero} had only one ${food}.`,
  `${friend} was hungry and had nothing to eat.`,
  `"You can have half of it," said ${hero}.`,
  `They sat under a tree and ate the ${food} together.`,
  `The next day ${friend} brought ${him} two.`,
  `So ${he} learned that sharing makes friends.`,
];

const helpedAnimal: Plot = ({ hero, he, animal, place, weather }) => [
  `One morning ${hero} walked to ${place}.`,
  weather,
  `Near the path ${he} saw a little ${animal.name}.`,
  `The ${animal.name} was hurt and could not move.`,
  `${hero} gave it water and kept it warm.`,
  `After a few days the ${animal.name} was well again.`,
  `It looked at ${hero} once more and went back home.`,
];

const learnedSkill: Plot = ({ hero, he, his, job, relative }) => [
  `${hero} wanted to be ${withArticle(job)}.`,
  `At first everything was difficult, and ${he} made many mistakes.`,
  `"Try again," said ${his} ${relative}.`,
  `So ${hero} tried again every day.`,
  `After a long time ${he} became a very good ${job}.`,
  `Everybody in the village was proud.`,
];

const afraidOfDark: Plot = ({ hero, he, his, relative }) => [
  `${hero} was afraid of the dark.`,
  `One night ${he} heard a strange sound and could not sleep.`,
  `${capitalise(his)} ${relative} came with a lamp and opened the window.`,
  `It was only the wind in the trees.`,
  `They looked at the stars together and counted them.`,
  `Soon ${hero} fell asleep and was not afraid any more.`,
];

const twoAnimals: Plot = ({ animal, place, weather }, random) => {
  const other = random.pick(LITTLE.filter((one) => one.name !== animal.name));
  return [
    `Once upon a time, ${withArticle(animal.name)} and ${withArticle(other.name)} lived near ${place}.`,
    `The ${animal.name} was ${animal.trait}, and the ${other.name} was ${other.trait}.`,
    weather,
    `"Let us be friends," said the ${animal.name}.`,
    `"Yes, let us be friends," said the ${other.name}.`,
    `From that day on, they shared their food and helped each other.`,
  ];
};

const lonelyAnimal: Plot = ({ animal, at, sight }, random) => {
  const other = random.pick(LITTLE.filter((one) => one.name !== animal.name));
  return [
    `Once upon a time, there was a little ${animal.name}.`,
    `It lived ${at}, but it had no friends.`,
    `One day it met ${withArticle(other.name)} near ${sight}.`,
    `"Do you want to play with me?" asked the ${animal.name}.`,
    `They played until the sun went down.`,
    `The little ${animal.name} was not lonely any more.`,
  ];
};

const picnic: Plot = ({ hero, friend, he, place, sight, food, animal }) => [
  `On Sunday ${hero} and ${friend} went to ${place}.`,
  `They saw ${sight} and sat down beside it.`,
  `${hero} had bread and ${withArticle(food)} in a bag.`,
  `Then ${withArticle(animal.name)} came and looked at them.`,
  `"It is hungry, too," said ${friend}.`,
  `${hero} gave it some bread, and ${he} laughed.`,
  `It was a wonderful day.`,
];

const gift: Plot = ({ hero, he, his, relative, treasure }) => [
  `It was the birthday of ${his} ${relative}.`,
  `${hero} had no money, so ${he} made a gift.`,
  `${capitalise(he)} worked all day and made ${withArticle(treasure)}.`,
  `"This is the best gift of all," said the ${relative}.`,
  `${hero} was proud and happy.`,
];

const PEOPLE_PLOTS: readonly Plot[] = [
  lostAnimal,
  foundTreasure,
  sharedFood,
  helpedAnimal,
  learnedSkill,
  afraidOfDark,
  picnic,
  gift,
];
const ANIMAL_PLOTS: readonly Plot[] = [twoAnimals, lonelyAnimal];

/** A story of five to eight sentences for pre-training. */
export function story(random: Random): string {
  const cast = drawCast(random);
  const isAnimal = random.chance(0.3);
  const lines = random.pick(isAnimal ? ANIMAL_PLOTS : PEOPLE_PLOTS)(cast, random);
  const opening =
    !isAnimal && random.chance(0.4) ? [`${cast.hero} lived in a small house near ${cast.place}.`] : [];
  const closing = random.chance(0.2) ? ["The end."] : [];
  return [...opening, ...lines, ...closing].join(" ");
}

/** Four to five sentences about one animal or person, with the words that ask for it ("a fox", "a girl"). */
export function tinyStory(random: Random): { subject: string; text: string } {
  const cast = drawCast(random);
  const { animal, hero, he, at, sight, weather } = cast;
  const other = random.pick(LITTLE.filter((one) => one.name !== animal.name));
  if (random.chance(0.7)) {
    const lines = random.pick([
      [
        `Once upon a time, there was a little ${animal.name}.`,
        `It lived ${at}, but it had no friends.`,
        `One day it met ${withArticle(other.name)}.`,
        `They played together and became good friends.`,
      ],
      [
        `Once upon a time, there was a little ${animal.name}.`,
        `One day it got lost ${at}.`,
        `A kind ${other.name} showed it the way home.`,
        `The ${animal.name} said thank you and was never afraid again.`,
      ],
    ]);
    return { subject: withArticle(animal.name), text: lines.join(" ") };
  }
  const child = he === "she" ? "girl" : "boy";
  const lines = [
    `Once upon a time, there was a ${child} called ${hero}.`,
    `${weather}`,
    `${hero} went out and saw ${sight} ${at}.`,
    `There ${he} met a little ${animal.name}, and they became friends.`,
  ];
  return { subject: `a ${child}`, text: lines.join(" ") };
}
