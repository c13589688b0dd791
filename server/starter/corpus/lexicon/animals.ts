/** Animals and the simple facts about them that the corpus tells. A data table. */

export type AnimalKind = "mammal" | "bird" | "fish" | "insect" | "reptile";

export interface Animal {
  readonly name: string;
  readonly kind: AnimalKind;
  readonly colour: string;
  readonly legs: number;
  readonly size: "very big" | "big" | "small" | "tiny";
  /** Follows "lives": "on a farm". */
  readonly home: string;
  readonly food: string;
  /** What it does well: verbs that follow "can". */
  readonly can: readonly string[];
  readonly trait: string;
  readonly sound?: string;
  readonly baby?: string;
}

// prettier-ignore
export const ANIMALS: readonly Animal[] = [
  { name: "cat", kind: "mammal", colour: "grey", legs: 4, size: "small", home: "in a house", food: "fish and meat", can: ["climb", "jump"], trait: "soft and quiet", sound: "meow", baby: "kitten" },
  { name: "dog", kind: "mammal", colour: "brown", legs: 4, size: "small", home: "in a house", food: "meat and bones", can: ["run", "swim"], trait: "friendly and loyal", sound: "woof", baby: "puppy" },
  { name: "cow", kind: "mammal", colour: "black and white", legs: 4, size: "big", home: "on a farm", food: "grass", can: ["walk"], trait: "calm and gentle", sound: "moo", baby: "calf" },
  { name: "horse", kind: "mammal", colour: "brown", legs: 4, size: "big", home: "on a farm", food: "grass and hay", can: ["run", "jump"], trait: "strong and fast", sound: "neigh", baby: "foal" },
  { name: "pig", kind: "mammal", colour: "pink", legs: 4, size: "big", home: "on a farm", food: "corn and vegetables", can: ["run"], trait: "clever and round", sound: "oink", baby: "piglet" },
  { name: "sheep", kind: "mammal", colour: "white", legs: 4, size: "small", home: "on a farm", food: "grass", can: ["walk"], trait: "woolly and shy", sound: "baa", baby: "lamb" },
  { name: "goat", kind: "mammal", colour: "white", legs: 4, size: "small", home: "on a farm", food: "grass and leaves", can: ["climb", "jump"], trait: "curious and brave", sound: "meh", baby: "kid" },
  { name: "mouse", kind: "mammal", colour: "grey", legs: 4, size: "tiny", home: "in a hole", food: "seeds and cheese", can: ["run", "climb"], trait: "quick and shy", sound: "squeak", baby: "pup" },
  { name: "rabbit", kind: "mammal", colour: "white", legs: 4, size: "small", home: "in a hole", food: "grass and carrots", can: ["jump", "run"], trait: "soft and fast", baby: "bunny" },
  { name: "fox", kind: "mammal", colour: "orange", legs: 4, size: "small", home: "in the forest", food: "mice and berries", can: ["run", "jump"], trait: "clever and quick", baby: "cub" },
  { name: "wolf", kind: "mammal", colour: "grey", legs: 4, size: "big", home: "in the forest", food: "meat", can: ["run"], trait: "wild and strong", sound: "howl", baby: "pup" },
  { name: "bear", kind: "mammal", colour: "brown", legs: 4, size: "very big", home: "in the forest", food: "fish, berries and honey", can: ["climb", "swim"], trait: "strong and heavy", sound: "growl", baby: "cub" },
  { name: "lion", kind: "mammal", colour: "yellow", legs: 4, size: "very big", home: "in Africa", food: "meat", can: ["run", "jump"], trait: "strong and proud", sound: "roar", baby: "cub" },
  { name: "tiger", kind: "mammal", colour: "orange and black", legs: 4, size: "very big", home: "in the jungle", food: "meat", can: ["swim", "climb"], trait: "strong and quiet", sound: "roar", baby: "cub" },
  { name: "elephant", kind: "mammal", colour: "grey", legs: 4, size: "very big", home: "in Africa and Asia", food: "grass and leaves", can: ["walk", "swim"], trait: "wise and strong", baby: "calf" },
  { name: "giraffe", kind: "mammal", colour: "yellow and brown", legs: 4, size: "very big", home: "in Africa", food: "leaves", can: ["run"], trait: "tall and gentle", baby: "calf" },
  { name: "zebra", kind: "mammal", colour: "black and white", legs: 4, size: "big", home: "in Africa", food: "grass", can: ["run"], trait: "fast and striped", baby: "foal" },
  { name: "monkey", kind: "mammal", colour: "brown", legs: 4, size: "small", home: "in the jungle", food: "fruit and leaves", can: ["climb", "jump"], trait: "funny and clever" },
  { name: "panda", kind: "mammal", colour: "black and white", legs: 4, size: "big", home: "in China", food: "bamboo", can: ["climb"], trait: "slow and gentle", baby: "cub" },
  { name: "kangaroo", kind: "mammal", colour: "brown", legs: 4, size: "big", home: "in Australia", food: "grass", can: ["jump"], trait: "fast and strong", baby: "joey" },
  { name: "camel", kind: "mammal", colour: "brown", legs: 4, size: "very big", home: "in the desert", food: "dry grass", can: ["walk", "run"], trait: "patient and strong", baby: "calf" },
  { name: "deer", kind: "mammal", colour: "brown", legs: 4, size: "big", home: "in the forest", food: "grass and leaves", can: ["run", "jump"], trait: "shy and fast", baby: "fawn" },
  { name: "squirrel", kind: "mammal", colour: "red", legs: 4, size: "small", home: "in a tree", food: "nuts and seeds", can: ["climb", "jump"], trait: "quick and busy" },
  { name: "hedgehog", kind: "mammal", colour: "brown", legs: 4, size: "small", home: "in the garden", food: "insects and worms", can: ["walk"], trait: "slow and prickly" },
  { name: "bat", kind: "mammal", colour: "black", legs: 2, size: "small", home: "in a cave", food: "insects and fruit", can: ["fly"], trait: "quiet and quick" },
  { name: "whale", kind: "mammal", colour: "blue", legs: 0, size: "very big", home: "in the sea", food: "small fish", can: ["swim"], trait: "calm and huge", baby: "calf" },
  { name: "dolphin", kind: "mammal", colour: "grey", legs: 0, size: "big", home: "in the sea", food: "fish", can: ["swim", "jump"], trait: "clever and playful", baby: "calf" },
  { name: "hen", kind: "bird", colour: "brown", legs: 2, size: "small", home: "on a farm", food: "seeds and corn", can: ["walk"], trait: "busy and careful", sound: "cluck", baby: "chick" },
  { name: "duck", kind: "bird", colour: "white", legs: 2, size: "small", home: "near a lake", food: "plants and worms", can: ["swim", "fly"], trait: "funny and noisy", sound: "quack", baby: "duckling" },
  { name: "goose", kind: "bird", colour: "white", legs: 2, size: "small", home: "on a farm", food: "grass", can: ["swim", "fly"], trait: "loud and brave", sound: "honk", baby: "gosling" },
  { name: "owl", kind: "bird", colour: "brown", legs: 2, size: "small", home: "in a tree", food: "mice", can: ["fly"], trait: "wise and quiet", sound: "hoot", baby: "owlet" },
  { name: "eagle", kind: "bird", colour: "brown", legs: 2, size: "big", home: "in the mountains", food: "fish and mice", can: ["fly"], trait: "strong and proud", baby: "eaglet" },
  { name: "parrot", kind: "bird", colour: "green", legs: 2, size: "small", home: "in the jungle", food: "fruit and seeds", can: ["fly", "talk"], trait: "colourful and noisy" },
  { name: "penguin", kind: "bird", colour: "black and white", legs: 2, size: "small", home: "on the ice", food: "fish", can: ["swim"], trait: "funny and brave", baby: "chick" },
  { name: "swan", kind: "bird", colour: "white", legs: 2, size: "big", home: "near a lake", food: "plants", can: ["swim", "fly"], trait: "calm and beautiful" },
  { name: "robin", kind: "bird", colour: "red and brown", legs: 2, size: "tiny", home: "in the garden", food: "worms and seeds", can: ["fly", "sing"], trait: "small and cheerful", sound: "tweet", baby: "chick" },
  { name: "crow", kind: "bird", colour: "black", legs: 2, size: "small", home: "in a tree", food: "seeds and insects", can: ["fly"], trait: "clever and curious", sound: "caw" },
  { name: "shark", kind: "fish", colour: "grey", legs: 0, size: "very big", home: "in the sea", food: "fish", can: ["swim"], trait: "fast and strong" },
  { name: "goldfish", kind: "fish", colour: "orange", legs: 0, size: "tiny", home: "in a bowl", food: "fish food", can: ["swim"], trait: "small and calm" },
  { name: "salmon", kind: "fish", colour: "pink", legs: 0, size: "small", home: "in the river", food: "small fish", can: ["swim", "jump"], trait: "strong and fast" },
  { name: "bee", kind: "insect", colour: "yellow and black", legs: 6, size: "tiny", home: "in a hive", food: "nectar", can: ["fly"], trait: "busy and useful", sound: "buzz" },
  { name: "ant", kind: "insect", colour: "black", legs: 6, size: "tiny", home: "under the ground", food: "seeds and sugar", can: ["climb"], trait: "busy and strong" },
  { name: "butterfly", kind: "insect", colour: "orange", legs: 6, size: "tiny", home: "in the garden", food: "nectar", can: ["fly"], trait: "light and beautiful", baby: "caterpillar" },
  { name: "ladybird", kind: "insect", colour: "red", legs: 6, size: "tiny", home: "in the garden", food: "small insects", can: ["fly", "climb"], trait: "round and pretty" },
  { name: "snake", kind: "reptile", colour: "green", legs: 0, size: "small", home: "in the grass", food: "mice and eggs", can: ["climb", "swim"], trait: "long and quiet", sound: "hiss" },
  { name: "turtle", kind: "reptile", colour: "green", legs: 4, size: "small", home: "in the sea", food: "plants and fish", can: ["swim", "walk"], trait: "slow and patient" },
  { name: "lizard", kind: "reptile", colour: "green", legs: 4, size: "tiny", home: "in the desert", food: "insects", can: ["run", "climb"], trait: "quick and quiet" },
  { name: "crocodile", kind: "reptile", colour: "green", legs: 4, size: "very big", home: "in the river", food: "fish and meat", can: ["swim"], trait: "strong and patient" },
];
