/** Ready sentences, verses, advice, how-tos and word groups for short writing tasks. Data tables. */

/** A subject and sentences about it. */
export const SENTENCES: readonly (readonly [subject: string, sentences: readonly string[]])[] = [
  ["rain", ["The rain falls softly on the roof.", "After the rain, the air smells fresh."]],
  ["snow", ["The snow covers the village like a white blanket.", "Children love to play in the snow."]],
  ["the sun", ["The sun rises slowly over the hills.", "The warm sun shines on the green fields."]],
  ["the moon", ["The moon shines brightly in the night sky.", "A round moon stands above the quiet lake."]],
  ["the stars", ["The stars shine like small lamps in the sky.", "At night we can count the stars."]],
  ["the wind", ["The wind blows through the tall trees.", "A cold wind comes from the sea."]],
  ["the sea", ["The blue sea is wide and deep.", "The waves of the sea roll onto the beach."]],
  ["a river", ["The river flows slowly through the valley.", "Silver fish swim in the clear river."]],
  ["a forest", ["The forest is quiet, green and full of birds.", "A narrow path leads through the forest."]],
  [
    "a mountain",
    ["The mountain is high and covered with snow.", "From the mountain we can see the whole valley."],
  ],
  ["a garden", ["The garden is full of red and yellow flowers.", "In the garden an old apple tree grows."]],
  ["a flower", ["The flower opens its petals in the morning.", "A small flower grows beside the road."]],
  ["a tree", ["The old tree gives cool shade in summer.", "Birds build their nests in the tall tree."]],
  [
    "a house",
    ["The little house stands on a green hill.", "There is a warm light in the window of the house."],
  ],
  ["a school", ["The school is full of happy children.", "At school we learn to read and to count."]],
  ["a book", ["The book tells a story about a brave girl.", "A good book is like a good friend."]],
  ["a friend", ["A good friend listens and helps.", "My friend and I walk to school together."]],
  ["a family", ["The family sits around the table and eats together.", "A family takes care of each other."]],
  ["the morning", ["In the morning the birds begin to sing.", "The morning is fresh and bright."]],
  ["the night", ["The night is dark, calm and full of stars.", "At night the town becomes quiet."]],
  ["summer", ["In summer we swim in the lake.", "Summer days are long and warm."]],
  ["winter", ["In winter the lake turns into ice.", "Winter nights are long and cold."]],
  ["spring", ["In spring the first flowers begin to grow.", "Spring brings green leaves and warm days."]],
  ["autumn", ["In autumn the leaves turn red and yellow.", "Autumn is the time of apples and wind."]],
  ["music", ["The music fills the room with joy.", "Soft music helps me to rest."]],
  [
    "bread",
    ["Fresh bread smells wonderful in the morning.", "The baker takes the warm bread out of the oven."],
  ],
  ["tea", ["A cup of hot tea warms my hands.", "We drink tea and talk about the day."]],
  ["a train", ["The train travels fast through the fields.", "We wait for the train at the station."]],
  ["a boat", ["The small boat moves slowly over the lake.", "A white boat sails on the blue sea."]],
  ["a clock", ["The old clock on the wall says that it is noon.", "The clock ticks quietly in the night."]],
  ["happiness", ["Happiness is sharing good things with a friend.", "A kind word can bring happiness."]],
  ["the future", ["The future begins with what we do today.", "I look forward to the future."]],
];

/** A subject and a tiny verse about it, two lines. */
export const VERSES: readonly (readonly [subject: string, verse: string])[] = [
  ["rain", "Little drops upon the pane,\nsing a song of gentle rain."],
  ["snow", "Snow is falling, soft and light,\nall the world is still and white."],
  ["the sun", "Golden sun, so warm and high,\nlight the fields and paint the sky."],
  ["the moon", "Silver moon above the hill,\nall the night is calm and still."],
  ["the sea", "Blue and deep and wide and free,\nhear the song of the old sea."],
  ["spring", "Flowers open, birds now sing,\neverybody welcomes spring."],
  ["a cat", "A little cat sat by the door,\nand dreamed of fish upon the floor."],
  ["a dog", "A little dog ran down the street,\nand wagged his tail at those he'd meet."],
  ["a friend", "When days are long and nights are cold,\na friend is worth much more than gold."],
  ["a tree", "A tall old tree with leaves of green,\nthe kindest tree I've ever seen."],
];

/** What somebody wants to do well, and advice. */
export const ADVICE: readonly (readonly [goal: string, advice: string])[] = [
  ["sleep better", "Go to bed early, keep the room dark and do not look at your phone."],
  ["stay healthy", "Eat fruit and vegetables, drink water, move every day and sleep well."],
  ["learn a language", "Learn a few new words every day and speak as often as you can."],
  ["make friends", "Be kind, listen well and ask people about their day."],
  ["learn to cook", "Start with a simple soup and follow the steps one by one."],
  ["save money", "Write down what you buy and put a little money aside every week."],
  ["be happy", "Spend time with friends, go outside and be thankful for small things."],
  ["study well", "Find a quiet place, make a plan and take short breaks."],
  ["get up early", "Go to bed early and put the clock far from your bed."],
  ["save water", "Take short showers and close the tap when you brush your teeth."],
  ["help the earth", "Walk or ride a bicycle, save water and plant trees."],
  ["run faster", "Practise three times a week and rest well between the runs."],
  ["write a story", "Choose a hero, give the hero a problem, and find a good end."],
  ["stay calm", "Breathe slowly, count to ten and think of a quiet place."],
];

/** A small task and its steps. */
export const HOW_TOS: readonly (readonly [task: string, steps: readonly string[]])[] = [
  [
    "make tea",
    [
      "Boil some water.",
      "Put tea leaves in a cup.",
      "Pour the hot water into the cup.",
      "Wait three minutes.",
    ],
  ],
  [
    "wash your hands",
    ["Wet your hands.", "Use soap.", "Rub your hands for twenty seconds.", "Dry them with a towel."],
  ],
  [
    "plant a seed",
    ["Fill a pot with soil.", "Put the seed into the soil.", "Give it water.", "Place it in the sun."],
  ],
  [
    "make a sandwich",
    [
      "Take two slices of bread.",
      "Put butter on them.",
      "Add cheese and tomato.",
      "Put the slices together.",
    ],
  ],
  [
    "boil an egg",
    ["Boil some water in a pot.", "Put the egg into the water.", "Wait eight minutes.", "Cool the egg."],
  ],
  ["clean a room", ["Pick up your things.", "Wipe the table.", "Sweep the floor.", "Open the window."]],
  [
    "build a snowman",
    [
      "Roll a big ball of snow.",
      "Put two smaller balls on top.",
      "Add a carrot as a nose.",
      "Give it a hat.",
    ],
  ],
  [
    "draw a house",
    ["Draw a square.", "Put a triangle on top.", "Add a door and two windows.", "Colour the roof red."],
  ],
];

/** Kinds of things, in the plural, with members that a list can name in this order. */
export const GROUPS_OF_WORDS: readonly (readonly [kind: string, members: readonly string[]])[] = [
  ["animals", ["dogs", "cats", "horses", "lions", "elephants", "rabbits", "foxes"]],
  ["farm animals", ["cows", "pigs", "sheep", "hens", "horses", "goats"]],
  ["wild animals", ["lions", "tigers", "wolves", "bears", "foxes", "elephants"]],
  ["sea animals", ["whales", "dolphins", "sharks", "turtles"]],
  ["pets", ["cats", "dogs", "rabbits", "goldfish", "parrots"]],
  ["birds", ["owls", "eagles", "robins", "ducks", "penguins", "parrots"]],
  ["insects", ["bees", "ants", "butterflies", "ladybirds"]],
  ["fruits", ["apples", "bananas", "oranges", "pears", "grapes", "cherries"]],
  ["vegetables", ["carrots", "potatoes", "onions", "beans", "peas", "cucumbers"]],
  ["drinks", ["water", "milk", "tea", "coffee", "juice"]],
  ["foods", ["bread", "cheese", "rice", "soup", "eggs"]],
  ["colours", ["red", "blue", "green", "yellow", "orange", "purple", "black", "white"]],
  ["jobs", ["teacher", "doctor", "farmer", "baker", "pilot", "painter"]],
  ["countries", ["France", "Italy", "Spain", "Japan", "China", "India", "Canada"]],
  ["cities", ["Paris", "London", "Rome", "Tokyo", "Beijing", "Berlin"]],
  ["shapes", ["circle", "square", "triangle", "rectangle"]],
  ["tools", ["hammer", "ladder", "rope", "knife", "broom"]],
  ["clothes", ["shirt", "coat", "hat", "shoes", "trousers"]],
  ["toys", ["ball", "kite", "doll", "puzzle", "drum"]],
  ["vehicles", ["car", "bus", "train", "plane", "boat", "bicycle"]],
  ["feelings", ["joy", "love", "fear", "anger", "hope"]],
  ["hobbies", ["reading", "drawing", "swimming", "cooking", "singing"]],
  ["sports", ["football", "tennis", "swimming", "running", "cycling"]],
  ["parts of the body", ["head", "hand", "arm", "leg", "foot", "eye"]],
  ["things in a kitchen", ["spoon", "fork", "knife", "pot", "plate", "cup"]],
  ["things in a school", ["book", "pencil", "desk", "chair", "map"]],
  ["flowers", ["roses", "tulips", "sunflowers", "violets", "daisies"]],
  ["musical instruments", ["drum", "guitar", "piano", "violin", "flute"]],
  ["kinds of weather", ["sun", "rain", "snow", "wind", "fog"]],
  ["seasons", ["spring", "summer", "autumn", "winter"]],
];

/** Words that rhyme. */
export const RHYMES: readonly (readonly [string, string])[] = [
  ["cat", "hat"],
  ["dog", "frog"],
  ["house", "mouse"],
  ["tree", "bee"],
  ["star", "car"],
  ["moon", "spoon"],
  ["sun", "run"],
  ["day", "play"],
  ["night", "light"],
  ["rain", "train"],
  ["snow", "slow"],
  ["book", "cook"],
  ["red", "bed"],
  ["blue", "shoe"],
  ["sea", "tea"],
  ["king", "ring"],
  ["boat", "coat"],
  ["cake", "lake"],
];

/** English words and their Chinese. */
export const TRANSLATIONS: readonly (readonly [english: string, chinese: string])[] = [
  ["cat", "猫"],
  ["dog", "狗"],
  ["horse", "马"],
  ["bird", "鸟"],
  ["fish", "鱼"],
  ["apple", "苹果"],
  ["banana", "香蕉"],
  ["water", "水"],
  ["tea", "茶"],
  ["rice", "米饭"],
  ["red", "红色"],
  ["blue", "蓝色"],
  ["green", "绿色"],
  ["hello", "你好"],
  ["thank you", "谢谢"],
  ["goodbye", "再见"],
  ["friend", "朋友"],
  ["teacher", "老师"],
  ["school", "学校"],
  ["book", "书"],
  ["sun", "太阳"],
  ["moon", "月亮"],
  ["rain", "雨"],
  ["snow", "雪"],
  ["one", "一"],
  ["two", "二"],
  ["three", "三"],
];
