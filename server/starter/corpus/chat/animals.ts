/** Questions about animals: what they look like, eat, say, can do, and what they are. */
import type { TurnWriter } from "../dialogue";
import { capitalise, joinWords, numberWord, plural, withArticle } from "../grammar";
import { ANIMALS, type Animal } from "../lexicon/animals";
import { askedAs, requestedAs } from "../phrasing";
import type { Random } from "../random";

const a = (animal: Animal) => withArticle(animal.name);
const A = (animal: Animal) => capitalise(a(animal));
const many = (animal: Animal) => plural(animal.name);
const Many = (animal: Animal) => capitalise(many(animal));

const WITH_SOUND = ANIMALS.filter((animal) => animal.sound);
const WITH_BABY = ANIMALS.filter((animal) => animal.baby);
const ABILITIES = ["fly", "swim", "run", "jump", "climb", "talk", "sing"] as const;

const colour: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const question = random.pick([
    `What colour is ${a(animal)}?`,
    `Which colour does ${a(animal)} have?`,
    `What colour are ${many(animal)}?`,
  ]);
  return { user: askedAs(random, question), assistant: `${A(animal)} is often ${animal.colour}.` };
};

const legs: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const question = random.pick([
    `How many legs does ${a(animal)} have?`,
    `How many legs do ${many(animal)} have?`,
  ]);
  const count = animal.legs === 0 ? "no" : numberWord(animal.legs);
  return { user: askedAs(random, question), assistant: `${A(animal)} has ${count} legs.` };
};

const home: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const question = random.pick([
    `Where does ${a(animal)} live?`,
    `Where do ${many(animal)} live?`,
    `Where can I find ${a(animal)}?`,
  ]);
  return { user: askedAs(random, question), assistant: `${A(animal)} lives ${animal.home}.` };
};

const food: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const question = random.pick([
    `What does ${a(animal)} eat?`,
    `What do ${many(animal)} eat?`,
    `What do ${many(animal)} like to eat?`,
  ]);
  return { user: askedAs(random, question), assistant: `${Many(animal)} eat ${animal.food}.` };
};

const sound: TurnWriter = (random) => {
  const animal = random.pick(WITH_SOUND);
  const question = random.pick([
    `What does ${a(animal)} say?`,
    `What sound does ${a(animal)} make?`,
    `Which sound do ${many(animal)} make?`,
  ]);
  return { user: askedAs(random, question), assistant: `${A(animal)} says "${animal.sound}".` };
};

const whoSays: TurnWriter = (random) => {
  const spoken = random.pick([
    "meow",
    "woof",
    "moo",
    "oink",
    "quack",
    "buzz",
    "hiss",
    "hoot",
    "cluck",
    "neigh",
  ]);
  const animal = WITH_SOUND.find((one) => one.sound === spoken)!;
  return {
    user: askedAs(random, `Which animal says "${spoken}"?`),
    assistant: `${A(animal)} says "${spoken}".`,
  };
};

const baby: TurnWriter = (random) => {
  const animal = random.pick(WITH_BABY);
  const question = random.pick([
    `What is a baby ${animal.name} called?`,
    `What do we call a young ${animal.name}?`,
    `What is the baby of ${a(animal)} called?`,
  ]);
  return {
    user: askedAs(random, question),
    assistant: `A baby ${animal.name} is called ${withArticle(animal.baby!)}.`,
  };
};

const ability: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const verb = random.chance(0.5) ? random.pick(animal.can) : random.pick(ABILITIES.slice(0, 2));
  const answer = animal.can.includes(verb)
    ? `Yes, ${a(animal)} can ${verb}.`
    : `No, ${a(animal)} cannot ${verb}, but it can ${animal.can[0]}.`;
  return {
    user: askedAs(random, random.pick([`Can ${a(animal)} ${verb}?`, `Can ${many(animal)} ${verb}?`])),
    assistant: answer,
  };
};

const abilities: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  return {
    user: askedAs(random, `What can ${a(animal)} do?`),
    assistant: `${A(animal)} can ${joinWords(animal.can)}.`,
  };
};

const kind: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const asked = random.chance(0.5)
    ? animal.kind
    : random.pick(["bird", "fish", "insect", "mammal", "reptile"] as const);
  const answer =
    asked === animal.kind
      ? `Yes, ${a(animal)} is ${withArticle(asked)}.`
      : `No, ${a(animal)} is ${withArticle(animal.kind)}.`;
  return { user: askedAs(random, `Is ${a(animal)} ${withArticle(asked)}?`), assistant: answer };
};

const size: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const asked = random.pick(["big", "small"] as const);
  const isBig = animal.size === "big" || animal.size === "very big";
  const answer =
    (asked === "big") === isBig
      ? `Yes, ${a(animal)} is ${animal.size}.`
      : `No, ${a(animal)} is ${animal.size}.`;
  return {
    user: askedAs(random, random.pick([`Is ${a(animal)} ${asked}?`, `Are ${many(animal)} ${asked}?`])),
    assistant: answer,
  };
};

/** Two or three sentences about an animal, as the model tells them. */
export function describeAnimal(animal: Animal): string {
  return `${A(animal)} is ${withArticle(animal.kind)}. It is ${animal.trait}. It lives ${animal.home} and eats ${animal.food}.`;
}

const whatIs: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const question = random.pick([
    `What is ${a(animal)}?`,
    `What are ${many(animal)}?`,
    `What do you know about ${many(animal)}?`,
  ]);
  return { user: askedAs(random, question), assistant: describeAnimal(animal) };
};

const tellMe: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const request = random.pick([
    `Tell me about ${many(animal)}.`,
    `Describe ${a(animal)}.`,
    `Tell me something about ${a(animal)}.`,
    `Explain what ${a(animal)} is.`,
    `Tell me a fact about ${many(animal)}.`,
    `Write about ${many(animal)}.`,
  ]);
  return { user: requestedAs(random, request), assistant: describeAnimal(animal) };
};

function differentSizes(random: Random): [Animal, Animal] {
  const big = random.pick(ANIMALS.filter((animal) => animal.size === "very big"));
  const small = random.pick(ANIMALS.filter((animal) => animal.size === "tiny" || animal.size === "small"));
  return [big, small];
}

const bigger: TurnWriter = (random) => {
  const [big, small] = differentSizes(random);
  const [first, second] = random.shuffle([big, small]) as [Animal, Animal];
  const wantsBig = random.chance(0.6);
  const question = wantsBig
    ? random.pick([
        `Which is bigger, ${a(first)} or ${a(second)}?`,
        `What is bigger, ${a(first)} or ${a(second)}?`,
      ])
    : `Which is smaller, ${a(first)} or ${a(second)}?`;
  const [winner, loser] = wantsBig ? [big, small] : [small, big];
  return {
    user: askedAs(random, question),
    assistant: `${A(winner)} is ${wantsBig ? "bigger" : "smaller"} than ${a(loser)}.`,
  };
};

export const animalWriters: readonly TurnWriter[] = [
  colour,
  legs,
  home,
  home,
  food,
  food,
  sound,
  sound,
  whoSays,
  baby,
  ability,
  ability,
  abilities,
  kind,
  size,
  whatIs,
  whatIs,
  tellMe,
  tellMe,
  tellMe,
  bigger,
];
