/** Who is in the corpus and what they feel, like and do: names, families, feelings, hobbies, places. Data tables. */

// prettier-ignore
export const GIRLS = [
  "Anna", "Mia", "Lily", "Emma", "Sara", "Ella", "Nora", "Lucy", "Ruby", "Clara", "Eva", "Ida", "Maya", "Rosa", "Zoe", "Amy", "Julia", "Kate", "Ada", "Lena",
] as const;

// prettier-ignore
export const BOYS = [
  "Tom", "Ben", "Sam", "Leo", "Max", "Jack", "Paul", "Noah", "Finn", "Adam", "Hugo", "Oscar", "Peter", "Felix", "David", "Oliver", "Theo", "Daniel", "Simon", "Martin",
] as const;

export const NAMES: readonly string[] = [...GIRLS, ...BOYS];

/** Names of people and of groups, for dialogues in which somebody takes another name. */
// prettier-ignore
export const OTHER_NAMES = [
  "Nova", "Echo", "Atlas", "Milo", "Luna", "Iris", "Orion", "Sage", "Juno", "Robo", "Cosmo", "Bolt", "Misty", "Rex", "Polly", "Otto",
] as const;
// prettier-ignore
export const GROUPS = [
  "Northwind", "the Green Lab", "Blue River", "the Hill School", "Sunrise", "the Lake Club", "Bright Works", "Silver Star", "the Paper Shop", "Red Kite",
] as const;

export const RELATIVES = [
  "mother",
  "father",
  "sister",
  "brother",
  "grandmother",
  "grandfather",
  "aunt",
  "uncle",
] as const;

export const FEELINGS: readonly (readonly [feeling: string, kind: "good" | "bad", reply: string])[] = [
  ["happy", "good", "I am glad to hear that! What made you happy?"],
  ["great", "good", "That is wonderful! I am happy for you."],
  ["fine", "good", "That is good to hear. How can I help you today?"],
  ["good", "good", "That is good to hear. How can I help you today?"],
  ["excited", "good", "That sounds fun! What are you looking forward to?"],
  ["proud", "good", "Well done! You can be proud of yourself."],
  ["calm", "good", "That is nice. A calm day is a good day."],
  ["sad", "bad", "I am sorry that you feel sad. Do you want to talk about it?"],
  ["tired", "bad", "Take a rest. A good sleep will help you."],
  ["angry", "bad", "I am sorry to hear that. Take a deep breath and count to ten."],
  ["bored", "bad", "You could read a book, draw a picture or go for a walk."],
  ["lonely", "bad", "I am sorry that you feel lonely. Maybe you can call a friend."],
  ["hungry", "bad", "Then it is time to eat something. How about some bread or an apple?"],
  ["thirsty", "bad", "You should drink a glass of water."],
  ["cold", "bad", "Put on a warm coat and drink some hot tea."],
  ["sick", "bad", "I am sorry to hear that. Rest, drink water, and see a doctor if it gets worse."],
  ["scared", "bad", "Do not worry, you are not alone. Tell me what scares you."],
  ["nervous", "bad", "Take a slow breath. You can do it!"],
  ["stressed", "bad", "Take a short break and do one thing at a time."],
];

/** A hobby as "-ing" form and one sentence about it. */
export const HOBBIES: readonly (readonly [hobby: string, remark: string])[] = [
  ["reading", "Books can take you to many places."],
  ["drawing", "A pencil and paper are all you need."],
  ["painting", "Colours can tell a story."],
  ["swimming", "It makes your body strong."],
  ["running", "It is good for your heart."],
  ["cooking", "A warm meal makes people happy."],
  ["baking", "Fresh bread smells wonderful."],
  ["singing", "A song can change your day."],
  ["dancing", "Music makes us want to move."],
  ["gardening", "It is nice to watch plants grow."],
  ["fishing", "You need to be patient and quiet."],
  ["cycling", "You can see a lot on a bicycle."],
  ["hiking", "The air in the mountains is fresh."],
  ["writing", "A story starts with one sentence."],
  ["chess", "It teaches you to think ahead."],
  ["football", "It is fun to play in a team."],
  ["music", "It can make you calm or happy."],
];

/** Where stories happen; follows "went to". With a thing that one sees there. */
export const PLACES: readonly (readonly [place: string, preposition: string, sights: readonly string[]])[] = [
  ["the park", "in", ["a big tree", "a green bench", "a small pond"]],
  ["the forest", "in", ["tall trees", "a narrow path", "a little stream"]],
  ["the beach", "on", ["yellow sand", "blue waves", "white shells"]],
  ["the market", "at", ["fresh fruit", "many people", "colourful flowers"]],
  ["the farm", "on", ["green fields", "a red barn", "an old fence"]],
  ["the lake", "at", ["clear water", "a wooden boat", "two white swans"]],
  ["the garden", "in", ["red roses", "a stone wall", "an apple tree"]],
  ["the library", "in", ["many books", "a long table", "a quiet corner"]],
  ["the village", "in", ["small houses", "a little church", "a stone bridge"]],
  ["the mountains", "in", ["high rocks", "white snow", "a lonely hut"]],
  ["the school", "at", ["a large room", "bright pictures", "a round clock"]],
  ["the river", "by", ["smooth stones", "a small bridge", "silver fish"]],
  ["the town", "in", ["busy streets", "a tall tower", "a little shop"]],
  ["the hill", "on", ["green grass", "an old windmill", "a wide view"]],
];

/** A kind of weather: the adjective, a sentence, advice, what it is. */
export const WEATHERS: readonly (readonly [
  adjective: string,
  scene: string,
  advice: string,
  noun: string,
])[] = [
  ["sunny", "The sun was shining and the sky was blue.", "Wear a hat and enjoy the sun.", "sun"],
  ["rainy", "The rain was falling softly on the roofs.", "Take an umbrella with you.", "rain"],
  ["windy", "The wind was blowing through the trees.", "It is a good day to fly a kite.", "wind"],
  [
    "snowy",
    "The snow covered the ground like a white blanket.",
    "Wear warm clothes and build a snowman.",
    "snow",
  ],
  ["cloudy", "Grey clouds covered the whole sky.", "It may rain later, so take a coat.", "clouds"],
  ["foggy", "The fog was so thick that one could not see far.", "Walk slowly and be careful.", "fog"],
  ["stormy", "Thunder and lightning filled the sky.", "It is best to stay inside.", "storms"],
  ["cold", "The air was cold and clear.", "Wear a warm coat.", "the cold"],
  ["hot", "The air was hot and still.", "Drink a lot of water.", "the heat"],
];

/** Small creatures and objects that a story character finds, loses or builds. */
// prettier-ignore
export const TREASURES = [
  "golden key", "blue stone", "small box", "red kite", "silver ring", "paper boat", "wooden horse", "old map", "green bottle", "tiny bell", "white shell", "warm hat",
] as const;
