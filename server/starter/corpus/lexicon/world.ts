/** Colours, opposites, the calendar, countries, shapes, places and plain facts about the world. Data tables. */

export interface Colour {
  readonly name: string;
  /** Things of this colour, in the plural or uncountable. */
  readonly examples: readonly string[];
}

export const COLOURS: readonly Colour[] = [
  { name: "red", examples: ["strawberries", "tomatoes", "roses", "fire engines"] },
  { name: "blue", examples: ["the sky", "the sea", "blueberries"] },
  { name: "green", examples: ["grass", "leaves", "frogs", "peas"] },
  { name: "yellow", examples: ["bananas", "lemons", "sunflowers", "the sun"] },
  { name: "orange", examples: ["carrots", "pumpkins", "oranges"] },
  { name: "purple", examples: ["grapes", "plums", "violets"] },
  { name: "pink", examples: ["pigs", "some roses", "some sunsets"] },
  { name: "brown", examples: ["bears", "wood", "chocolate", "soil"] },
  { name: "black", examples: ["coal", "crows", "the night sky"] },
  { name: "white", examples: ["snow", "milk", "swans", "clouds"] },
  { name: "grey", examples: ["elephants", "stones", "rain clouds"] },
];

/** Two colours and what they mix to. */
export const MIXES: readonly (readonly [string, string, string])[] = [
  ["red", "yellow", "orange"],
  ["blue", "yellow", "green"],
  ["red", "blue", "purple"],
  ["red", "white", "pink"],
  ["black", "white", "grey"],
];

/** What has which colour: subject, verb, colour. */
export const COLOUR_FACTS: readonly (readonly [string, "is" | "are", string])[] = [
  ["the sky", "is", "blue"],
  ["grass", "is", "green"],
  ["snow", "is", "white"],
  ["the sun", "is", "yellow"],
  ["the sea", "is", "blue"],
  ["coal", "is", "black"],
  ["blood", "is", "red"],
  ["chocolate", "is", "brown"],
  ["leaves", "are", "green"],
  ["clouds", "are", "white"],
  ["roses", "are", "red"],
  ["sunflowers", "are", "yellow"],
  ["stones", "are", "grey"],
  ["violets", "are", "purple"],
];

export const OPPOSITES: readonly (readonly [string, string])[] = [
  ["hot", "cold"],
  ["big", "small"],
  ["tall", "short"],
  ["long", "short"],
  ["fast", "slow"],
  ["old", "young"],
  ["new", "old"],
  ["happy", "sad"],
  ["good", "bad"],
  ["day", "night"],
  ["light", "dark"],
  ["heavy", "light"],
  ["up", "down"],
  ["left", "right"],
  ["in", "out"],
  ["open", "closed"],
  ["wet", "dry"],
  ["hard", "soft"],
  ["loud", "quiet"],
  ["rich", "poor"],
  ["strong", "weak"],
  ["full", "empty"],
  ["clean", "dirty"],
  ["early", "late"],
  ["near", "far"],
  ["high", "low"],
  ["thick", "thin"],
  ["wide", "narrow"],
  ["easy", "difficult"],
  ["right", "wrong"],
  ["true", "false"],
  ["first", "last"],
  ["begin", "end"],
  ["start", "stop"],
  ["push", "pull"],
  ["give", "take"],
  ["buy", "sell"],
  ["win", "lose"],
  ["love", "hate"],
  ["laugh", "cry"],
  ["ask", "answer"],
  ["come", "go"],
  ["brave", "afraid"],
  ["sweet", "sour"],
  ["summer", "winter"],
  ["inside", "outside"],
  ["above", "below"],
  ["before", "after"],
  ["always", "never"],
  ["yes", "no"],
];

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export interface Season {
  readonly name: string;
  readonly weather: string;
  /** A whole clause. */
  readonly sign: string;
  readonly activity: string;
}

export const SEASONS: readonly Season[] = [
  { name: "spring", weather: "mild", sign: "flowers begin to grow", activity: "plant seeds" },
  { name: "summer", weather: "hot", sign: "the days are long", activity: "swim in the lake" },
  { name: "autumn", weather: "cool", sign: "the leaves fall from the trees", activity: "collect leaves" },
  { name: "winter", weather: "cold", sign: "snow covers the ground", activity: "build a snowman" },
];

export const CAPITALS: readonly (readonly [country: string, capital: string])[] = [
  ["France", "Paris"],
  ["England", "London"],
  ["Germany", "Berlin"],
  ["Italy", "Rome"],
  ["Spain", "Madrid"],
  ["Portugal", "Lisbon"],
  ["Greece", "Athens"],
  ["Austria", "Vienna"],
  ["Poland", "Warsaw"],
  ["Sweden", "Stockholm"],
  ["Norway", "Oslo"],
  ["Finland", "Helsinki"],
  ["Denmark", "Copenhagen"],
  ["Ireland", "Dublin"],
  ["Russia", "Moscow"],
  ["China", "Beijing"],
  ["Japan", "Tokyo"],
  ["India", "New Delhi"],
  ["Egypt", "Cairo"],
  ["Kenya", "Nairobi"],
  ["Canada", "Ottawa"],
  ["Mexico", "Mexico City"],
  ["Brazil", "Brasilia"],
  ["Australia", "Canberra"],
];

export const SHAPES: readonly (readonly [shape: string, sides: number])[] = [
  ["triangle", 3],
  ["square", 4],
  ["rectangle", 4],
  ["pentagon", 5],
  ["hexagon", 6],
];

/** Question, full answer. Each is asked in the words here, with small changes of form. */
export const FACTS: readonly (readonly [question: string, answer: string])[] = [
  ["How many days are in a week?", "There are seven days in a week."],
  ["How many months are in a year?", "There are twelve months in a year."],
  ["How many hours are in a day?", "There are twenty-four hours in a day."],
  ["How many minutes are in an hour?", "There are sixty minutes in an hour."],
  ["How many seasons are there?", "There are four seasons: spring, summer, autumn and winter."],
  ["How many fingers does a hand have?", "A hand has five fingers."],
  ["How many wheels does a car have?", "A car has four wheels."],
  ["How many wheels does a bicycle have?", "A bicycle has two wheels."],
  ["How many letters are in the alphabet?", "There are twenty-six letters in the English alphabet."],
  ["Where does the sun rise?", "The sun rises in the east."],
  ["Where does the sun set?", "The sun sets in the west."],
  ["What is the sun?", "The sun is a star. It gives us light and warmth."],
  ["What is the moon?", "The moon is a ball of rock that goes around the earth. We can see it at night."],
  ["What is the earth?", "The earth is the planet that we live on. It goes around the sun."],
  ["What is a star?", "A star is a very hot ball of gas far away in the sky."],
  ["What is rain?", "Rain is water that falls from the clouds."],
  ["What is snow?", "Snow is frozen water that falls from the clouds. It is white and cold."],
  ["What is ice?", "Ice is frozen water. It is hard and cold."],
  ["What is a cloud?", "A cloud is made of tiny drops of water in the sky."],
  ["What is the wind?", "The wind is moving air."],
  [
    "What is a rainbow?",
    "A rainbow is a bow of colours in the sky. We see it when the sun shines through the rain.",
  ],
  ["What is a river?", "A river is a long stream of water that flows to the sea."],
  ["What is a mountain?", "A mountain is a very high piece of land."],
  ["What is a desert?", "A desert is a dry place with a lot of sand and very little rain."],
  ["What is a forest?", "A forest is a large place with many trees."],
  ["What is the sea?", "The sea is a very large body of salt water."],
  ["What is a tree?", "A tree is a tall plant with a trunk, branches and leaves."],
  ["What is a flower?", "A flower is the colourful part of a plant. Bees like flowers."],
  ["What is a seed?", "A seed is a small thing from which a new plant grows."],
  ["What is music?", "Music is sound that people make for joy, with voices and instruments."],
  ["What is a friend?", "A friend is a person you like and trust."],
  ["What is a family?", "A family is a group of people who belong together, like parents and children."],
  ["What is a computer?", "A computer is a machine that can calculate, store and show information."],
  [
    "What is a language model?",
    "A language model is a program that has learned to write text by reading many examples.",
  ],
  ["What is fine-tuning?", "Fine-tuning means training a model a little more on new examples."],
  ["Why do we sleep?", "We sleep because our body and mind need rest."],
  ["Why do we eat?", "We eat because food gives us energy."],
  ["Why do we drink water?", "We drink water because our body needs it to live."],
  ["Why is it dark at night?", "It is dark at night because the sun is on the other side of the earth."],
  ["Why do birds have wings?", "Birds have wings so that they can fly."],
  ["Why do plants need the sun?", "Plants need the sun because its light helps them grow."],
  ["Why do bees visit flowers?", "Bees visit flowers to collect nectar."],
  ["Why do leaves fall in autumn?", "Leaves fall in autumn because the trees rest in the cold months."],
  ["What do plants need?", "Plants need water, light and soil."],
  ["What do we see with?", "We see with our eyes."],
  ["What do we hear with?", "We hear with our ears."],
  ["What do we smell with?", "We smell with our nose."],
  ["What do we walk with?", "We walk with our legs and feet."],
  ["What is bigger, the sun or the moon?", "The sun is much bigger than the moon."],
  ["What is the largest animal?", "The largest animal is the blue whale."],
  ["What is the tallest animal?", "The tallest animal is the giraffe."],
  ["What is the fastest land animal?", "The fastest land animal is the cheetah."],
  ["What is the coldest season?", "The coldest season is winter."],
  ["What is the hottest season?", "The hottest season is summer."],
  ["What do bees make?", "Bees make honey."],
  ["What do hens lay?", "Hens lay eggs."],
  ["What do cows give us?", "Cows give us milk."],
  ["What do sheep give us?", "Sheep give us wool."],
  ["What melts in the sun?", "Ice and snow melt in the sun."],
  ["What happens when water gets very cold?", "When water gets very cold, it turns into ice."],
  ["What happens when water boils?", "When water boils, it turns into steam."],
];
