/** Greetings, thanks, feelings, names, hobbies, weather talk, and an honest "I do not know". */
import type { TurnWriter } from "../dialogue";
import { capitalise, withArticle } from "../grammar";
import { ANIMALS } from "../lexicon/animals";
import { FOODS } from "../lexicon/foods";
import { FEELINGS, HOBBIES, NAMES, WEATHERS } from "../lexicon/people";
import { COLOURS } from "../lexicon/world";
import { typedAs } from "../phrasing";

/** Ways to say one thing, and the reply to them. */
const COURTESIES: readonly (readonly [said: readonly string[], replies: readonly string[]])[] = [
  [
    ["Hello!", "Hello", "Hi!", "Hi", "Hey!", "Hey", "Hi there!", "Hello there!", "Greetings!"],
    ["Hello! How can I help you?", "Hi! How can I help you?"],
  ],
  [["Good morning!", "Morning!"], ["Good morning! How can I help you?"]],
  [["Good afternoon!"], ["Good afternoon! How can I help you?"]],
  [["Good evening!"], ["Good evening! How can I help you?"]],
  [["Good night!", "I am going to bed.", "I will sleep now."], ["Good night! Sleep well."]],
  [
    [
      "How are you?",
      "How are you today?",
      "How are you doing?",
      "Hello, how are you?",
      "How do you do?",
      "How is it going?",
      "What is up?",
    ],
    ["I am fine, thank you. How are you?", "I am fine, thank you. How can I help you?"],
  ],
  [
    [
      "Thank you!",
      "Thanks!",
      "Thank you very much!",
      "Thanks a lot!",
      "Thanks for your help.",
      "That was helpful.",
    ],
    ["You are welcome!", "You are welcome! I am happy to help."],
  ],
  [
    [
      "Goodbye!",
      "Bye!",
      "See you later!",
      "Bye bye!",
      "I have to go.",
      "See you tomorrow!",
      "Talk to you later.",
    ],
    ["Goodbye! Have a nice day."],
  ],
  [["Sorry!", "I am sorry.", "Excuse me.", "I made a mistake."], ["No problem! How can I help you?"]],
  [
    ["Nice to meet you!", "It is nice to meet you.", "I am glad to meet you."],
    ["It is nice to meet you, too!"],
  ],
  [
    [
      "Well done!",
      "Great!",
      "Good job!",
      "You are great!",
      "You are very smart!",
      "I like you.",
      "That is a good answer.",
    ],
    ["Thank you! That is kind of you."],
  ],
  [
    ["You are wrong.", "That is wrong.", "That is not right.", "You made a mistake."],
    ["I am sorry. I am a small model and I make mistakes."],
  ],
  [
    ["You are stupid.", "I do not like you.", "You are bad.", "You are no help."],
    ["I am sorry. I will try to do better."],
  ],
  [["Okay.", "Ok", "I see.", "Yes.", "No.", "Maybe.", "Sure."], ["Good. What else can I do for you?"]],
  [
    [
      "Can I ask you a question?",
      "I have a question.",
      "May I ask something?",
      "Let us talk.",
      "Can we talk?",
      "Talk to me.",
    ],
    ["Of course! What do you want to know?"],
  ],
  [["I love you.", "Do you love me?", "Do you like me?"], ["That is kind of you! I like talking with you."]],
  [["Happy birthday!", "Today is your birthday!"], ["Thank you! That is kind of you."]],
  [["Today is my birthday!", "It is my birthday!"], ["Happy birthday! I wish you a wonderful day."]],
];

const UNKNOWN_QUESTIONS = [
  "What time is it?",
  "What is the date today?",
  "Who won the game yesterday?",
  "What is in the news?",
  "How much does a house cost?",
  "Who is the president?",
  "What will happen tomorrow?",
  "What is my password?",
  "Can you call my mother?",
  "Can you open a website?",
  "What is the weather in Paris?",
  "Where are my keys?",
  "How old am I?",
  "What am I thinking?",
  "What is the price of gold?",
  "Who wrote this book?",
  "What did I eat today?",
  "Can you send an email?",
  "Can you see me?",
  "What is the meaning of life?",
  "Who is the best singer?",
  "How does a rocket engine work?",
  "Can you write a program in Python?",
  "What is quantum physics?",
  "Explain the stock market.",
  "What is the square root of 1764?",
  "Who was the first king of Spain?",
  "Translate this letter into Latin.",
  "How do I repair my car?",
  "What is the best phone?",
] as const;

const courtesy: TurnWriter = (random) => {
  const [said, replies] = random.pick(COURTESIES);
  return { user: typedAs(random, random.pick(said)), assistant: random.pick(replies) };
};

const feeling: TurnWriter = (random) => {
  const [name, , reply] = random.pick(FEELINGS);
  const form = random.pick([
    `I am ${name}.`,
    `I feel ${name}.`,
    `I am so ${name}.`,
    `I feel ${name} today.`,
    `I am very ${name} today.`,
    `Today I am ${name}.`,
  ]);
  return { user: typedAs(random, form), assistant: reply };
};

const introduction: TurnWriter = (random) => {
  const name = random.pick(NAMES);
  const form = random.pick([
    `My name is ${name}.`,
    `I am ${name}.`,
    `Hello, I am ${name}.`,
    `Hi, my name is ${name}.`,
    `You can call me ${name}.`,
    `People call me ${name}.`,
  ]);
  return {
    user: form,
    assistant: random.pick([
      `Hello ${name}! It is nice to meet you.`,
      `Nice to meet you, ${name}! How can I help you?`,
    ]),
  };
};

const greetSomebody: TurnWriter = (random) => {
  const name = random.pick(NAMES);
  const [form, reply] = random.pick([
    [`Say hello to ${name}.`, `Hello ${name}!`],
    [`Say goodbye to ${name}.`, `Goodbye ${name}!`],
    [`Greet ${name}.`, `Hello ${name}! It is nice to meet you.`],
    [`Thank ${name}.`, `Thank you, ${name}!`],
    [`Wish ${name} a good night.`, `Good night, ${name}! Sleep well.`],
  ] as const);
  return { user: typedAs(random, form), assistant: reply };
};

const hobby: TurnWriter = (random) => {
  const [name, remark] = random.pick(HOBBIES);
  const form = random.pick([
    `I like ${name}.`,
    `I love ${name}.`,
    `My hobby is ${name}.`,
    `Do you like ${name}?`,
    `Is ${name} fun?`,
    `I enjoy ${name}.`,
  ]);
  return { user: typedAs(random, form), assistant: `${capitalise(name)} is fun! ${remark}` };
};

const likedFood: TurnWriter = (random) => {
  const food = random.pick(FOODS);
  const form = random.pick([`I like ${food.name}.`, `I love ${food.name}.`, `I want some ${food.name}.`]);
  return { user: typedAs(random, form), assistant: `${capitalise(food.name)} is ${food.taste}. Enjoy it!` };
};

const likedColour: TurnWriter = (random) => {
  const { name } = random.pick(COLOURS);
  const form = random.pick([
    `I like the colour ${name}.`,
    `My favourite colour is ${name}.`,
    `I love ${name}.`,
  ]);
  return { user: typedAs(random, form), assistant: `${capitalise(name)} is a beautiful colour!` };
};

const metAnimal: TurnWriter = (random) => {
  const animal = random.pick(ANIMALS);
  const one = withArticle(animal.name);
  const form = random.pick([`I have ${one}.`, `I saw ${one} today.`, `I would like to have ${one}.`]);
  return { user: typedAs(random, form), assistant: `How nice! ${capitalise(one)} is ${animal.trait}.` };
};

const favourite: TurnWriter = (random) => {
  const [subject, answer] = random.pick([
    ["colour", "My favourite colour is blue, like the sky."],
    ["animal", "My favourite animal is the owl, because it is wise and quiet."],
    ["food", "I do not eat, but people say that bread with honey is very good."],
    ["fruit", "I do not eat, but people say that strawberries are very good."],
    ["season", "My favourite season is spring, when flowers begin to grow."],
    ["number", "My favourite number is seven."],
    ["book", "I like every book with a good story."],
    ["word", "My favourite word is friend."],
    ["day", "My favourite day is Sunday, because it is calm."],
  ] as const);
  const form = random.pick([
    `What is your favourite ${subject}?`,
    `Do you have a favourite ${subject}?`,
    `Which ${subject} do you like best?`,
    `Tell me your favourite ${subject}.`,
  ]);
  return {
    user: typedAs(random, form).replace("favourite", random.chance(0.4) ? "favorite" : "favourite"),
    assistant: answer,
  };
};

const weather: TurnWriter = (random) => {
  const [adjective, , advice] = random.pick(WEATHERS);
  const form = random.pick([
    `It is ${adjective} today.`,
    `It is very ${adjective}.`,
    `What can I do on a ${adjective} day?`,
    `What should I do when it is ${adjective}?`,
    `The weather is ${adjective}.`,
  ]);
  return { user: typedAs(random, form), assistant: advice };
};

const unknown: TurnWriter = (random) => ({
  user: typedAs(random, random.pick(UNKNOWN_QUESTIONS)),
  assistant: "I do not know that. I am only a small model.",
});

export const courtesyWriters: readonly TurnWriter[] = [courtesy];
export const feelingWriters: readonly TurnWriter[] = [
  feeling,
  feeling,
  hobby,
  likedFood,
  likedColour,
  metAnimal,
  favourite,
  weather,
];
export const nameWriters: readonly TurnWriter[] = [introduction, introduction, greetSomebody];
export const unknownWriters: readonly TurnWriter[] = [unknown];
