/** Questions about food, everyday things and jobs. */
import type { TurnWriter } from "../dialogue";
import { capitalise, plural, withArticle } from "../grammar";
import { FOODS, type Food } from "../lexicon/foods";
import { JOBS, THINGS, type Job, type Thing } from "../lexicon/things";
import { askedAs, requestedAs } from "../phrasing";

/** "an apple", "milk". */
function oneFood(food: Food): string {
  return food.uncountable ? food.name : withArticle(food.name);
}
function foodVerb(food: Food): "is" | "are" {
  return food.uncountable ? "is" : "are";
}
/** "apples", "milk". */
function manyFood(food: Food): string {
  return food.uncountable ? food.name : plural(food.name);
}

const foodColour: TurnWriter = (random) => {
  const food = random.pick(FOODS);
  const question = random.pick([
    `What colour is ${oneFood(food)}?`,
    `What colour ${foodVerb(food)} ${manyFood(food)}?`,
  ]);
  return { user: askedAs(random, question), assistant: `${capitalise(oneFood(food))} is ${food.colour}.` };
};

const foodTaste: TurnWriter = (random) => {
  const food = random.pick(FOODS);
  const question = random.pick([
    `How does ${oneFood(food)} taste?`,
    `What does ${oneFood(food)} taste like?`,
  ]);
  return { user: askedAs(random, question), assistant: `${capitalise(oneFood(food))} tastes ${food.taste}.` };
};

const foodOrigin: TurnWriter = (random) => {
  const food = random.pick(FOODS);
  const verb = food.uncountable ? "does" : "do";
  const come = food.uncountable ? "comes" : "come";
  const question = `Where ${verb} ${manyFood(food)} come from?`;
  return {
    user: askedAs(random, question),
    assistant: `${capitalise(manyFood(food))} ${come} ${food.origin}.`,
  };
};

const foodKind: TurnWriter = (random) => {
  const food = random.pick(FOODS.filter((one) => one.kind === "fruit" || one.kind === "vegetable"));
  const asked = random.pick(["fruit", "vegetable"]);
  const answer =
    asked === food.kind
      ? `Yes, ${withArticle(food.name)} is a ${food.kind}.`
      : `No, ${withArticle(food.name)} is a ${food.kind}.`;
  return { user: askedAs(random, `Is ${withArticle(food.name)} a ${asked}?`), assistant: answer };
};

/** Two sentences about a food, as the model tells them. */
export function describeFood(food: Food): string {
  const kind = food.kind === "food" ? "something to eat" : withArticle(food.kind);
  return `${capitalise(oneFood(food))} is ${kind}. It is ${food.colour}, tastes ${food.taste} and comes ${food.origin}.`;
}

const whatIsFood: TurnWriter = (random) => {
  const food = random.pick(FOODS);
  const form = random.pick([
    `What is ${oneFood(food)}?`,
    `What do you know about ${manyFood(food)}?`,
    `What ${foodVerb(food)} ${manyFood(food)}?`,
  ]);
  return { user: askedAs(random, form), assistant: describeFood(food) };
};

const tellFood: TurnWriter = (random) => {
  const food = random.pick(FOODS);
  const form = random.pick([
    `Tell me about ${manyFood(food)}.`,
    `Describe ${oneFood(food)}.`,
    `Tell me something about ${manyFood(food)}.`,
  ]);
  return { user: requestedAs(random, form), assistant: describeFood(food) };
};

const isPlural = (thing: Thing) => thing.name === "scissors";
const oneThing = (thing: Thing) => (isPlural(thing) ? thing.name : withArticle(thing.name));
const itIs = (thing: Thing) => (isPlural(thing) ? "They are" : "It is");

const thingUse: TurnWriter = (random) => {
  const thing = random.pick(THINGS);
  const be = isPlural(thing) ? "are" : "is";
  const question = random.pick([
    `What ${be} ${oneThing(thing)} for?`,
    `What ${be} ${oneThing(thing)} used for?`,
    `What can I do with ${oneThing(thing)}?`,
    `Why do people use ${oneThing(thing)}?`,
    `What do we do with ${oneThing(thing)}?`,
  ]);
  return { user: askedAs(random, question), assistant: `You can use ${oneThing(thing)} to ${thing.use}.` };
};

const thingFor: TurnWriter = (random) => {
  const thing = random.pick(THINGS);
  const question = random.pick([`What do I need to ${thing.use}?`, `What can I use to ${thing.use}?`]);
  return { user: askedAs(random, question), assistant: `You can use ${oneThing(thing)} to ${thing.use}.` };
};

const thingMaterial: TurnWriter = (random) => {
  const thing = random.pick(THINGS);
  const be = isPlural(thing) ? "are" : "is";
  return {
    user: askedAs(random, `What ${be} ${oneThing(thing)} made of?`),
    assistant: `${capitalise(oneThing(thing))} ${be} often made of ${thing.material}.`,
  };
};

const thingPlace: TurnWriter = (random) => {
  const thing = random.pick(THINGS);
  return {
    user: askedAs(random, `Where can I find ${oneThing(thing)}?`),
    assistant: `You can find ${oneThing(thing)} ${thing.place}.`,
  };
};

/** Three sentences about a thing, as the model tells them. */
export function describeThing(thing: Thing): string {
  const opening = isPlural(thing)
    ? "Scissors are useful."
    : `${capitalise(oneThing(thing))} is a useful thing.`;
  const it = isPlural(thing) ? "them" : "it";
  return `${opening} ${itIs(thing)} often made of ${thing.material}. You can use ${it} to ${thing.use}.`;
}

const whatIsThing: TurnWriter = (random) => {
  const thing = random.pick(THINGS.filter((one) => !isPlural(one)));
  const form = random.pick([`What is ${oneThing(thing)}?`, `What do you know about ${plural(thing.name)}?`]);
  return { user: askedAs(random, form), assistant: describeThing(thing) };
};

const tellThing: TurnWriter = (random) => {
  const thing = random.pick(THINGS.filter((one) => !isPlural(one)));
  return {
    user: requestedAs(
      random,
      random.pick([`Describe ${oneThing(thing)}.`, `Tell me about ${plural(thing.name)}.`]),
    ),
    assistant: describeThing(thing),
  };
};

const jobDoes: TurnWriter = (random) => {
  const job = random.pick(JOBS);
  const one = withArticle(job.name);
  const question = random.pick([`What does ${one} do?`, `What is ${one}?`, `What is the job of ${one}?`]);
  return { user: askedAs(random, question), assistant: `${capitalise(one)} ${job.does}.` };
};

const jobPlace: TurnWriter = (random) => {
  const job = random.pick(JOBS);
  const one = withArticle(job.name);
  return {
    user: askedAs(random, `Where does ${one} work?`),
    assistant: `${capitalise(one)} works ${job.place}.`,
  };
};

const whoDoes: TurnWriter = (random) => {
  const job = random.pick(JOBS);
  return {
    user: askedAs(random, `Who ${job.does}?`),
    assistant: `${capitalise(withArticle(job.name))} ${job.does}.`,
  };
};

/** One or two sentences about a job. */
export function describeJob(job: Job): string {
  return `${capitalise(withArticle(job.name))} ${job.does} and works ${job.place}.`;
}

export const foodWriters: readonly TurnWriter[] = [
  foodColour,
  foodTaste,
  foodOrigin,
  foodKind,
  whatIsFood,
  tellFood,
];
export const thingWriters: readonly TurnWriter[] = [
  thingUse,
  thingUse,
  thingFor,
  thingMaterial,
  thingPlace,
  whatIsThing,
  tellThing,
];
export const jobWriters: readonly TurnWriter[] = [jobDoes, jobDoes, jobPlace, whoDoes];
