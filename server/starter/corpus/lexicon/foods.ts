/** Things to eat and drink, with colour, taste and where they come from. A data table. */

export type FoodKind = "fruit" | "vegetable" | "drink" | "food";

export interface Food {
  readonly name: string;
  readonly kind: FoodKind;
  readonly colour: string;
  readonly taste: string;
  /** Follows "comes": "from a tree". */
  readonly origin: string;
  /** Bread, milk: no plural and no article. */
  readonly uncountable?: boolean;
}

// prettier-ignore
export const FOODS: readonly Food[] = [
  { name: "apple", kind: "fruit", colour: "red", taste: "sweet", origin: "from a tree" },
  { name: "banana", kind: "fruit", colour: "yellow", taste: "sweet", origin: "from a tall plant" },
  { name: "orange", kind: "fruit", colour: "orange", taste: "sweet", origin: "from a tree" },
  { name: "lemon", kind: "fruit", colour: "yellow", taste: "sour", origin: "from a tree" },
  { name: "pear", kind: "fruit", colour: "green", taste: "sweet", origin: "from a tree" },
  { name: "peach", kind: "fruit", colour: "orange", taste: "sweet", origin: "from a tree" },
  { name: "plum", kind: "fruit", colour: "purple", taste: "sweet", origin: "from a tree" },
  { name: "cherry", kind: "fruit", colour: "red", taste: "sweet", origin: "from a tree" },
  { name: "grape", kind: "fruit", colour: "purple", taste: "sweet", origin: "from a vine" },
  { name: "strawberry", kind: "fruit", colour: "red", taste: "sweet", origin: "from a small plant" },
  { name: "blueberry", kind: "fruit", colour: "blue", taste: "sweet", origin: "from a bush" },
  { name: "melon", kind: "fruit", colour: "green", taste: "sweet", origin: "from a plant on the ground" },
  { name: "mango", kind: "fruit", colour: "yellow", taste: "sweet", origin: "from a tree" },
  { name: "carrot", kind: "vegetable", colour: "orange", taste: "sweet", origin: "from under the ground" },
  { name: "potato", kind: "vegetable", colour: "brown", taste: "mild", origin: "from under the ground" },
  { name: "tomato", kind: "vegetable", colour: "red", taste: "fresh", origin: "from a small plant" },
  { name: "onion", kind: "vegetable", colour: "white", taste: "sharp", origin: "from under the ground" },
  { name: "cucumber", kind: "vegetable", colour: "green", taste: "fresh", origin: "from a vine" },
  { name: "pea", kind: "vegetable", colour: "green", taste: "sweet", origin: "from a small plant" },
  { name: "bean", kind: "vegetable", colour: "green", taste: "mild", origin: "from a small plant" },
  { name: "pumpkin", kind: "vegetable", colour: "orange", taste: "mild", origin: "from a plant on the ground" },
  { name: "cabbage", kind: "vegetable", colour: "green", taste: "mild", origin: "from the garden" },
  { name: "milk", kind: "drink", colour: "white", taste: "mild", origin: "from cows", uncountable: true },
  { name: "water", kind: "drink", colour: "clear", taste: "fresh", origin: "from rain and rivers", uncountable: true },
  { name: "tea", kind: "drink", colour: "brown", taste: "mild", origin: "from leaves", uncountable: true },
  { name: "coffee", kind: "drink", colour: "black", taste: "bitter", origin: "from beans", uncountable: true },
  { name: "juice", kind: "drink", colour: "orange", taste: "sweet", origin: "from fruit", uncountable: true },
  { name: "bread", kind: "food", colour: "brown", taste: "mild", origin: "from flour and water", uncountable: true },
  { name: "cheese", kind: "food", colour: "yellow", taste: "salty", origin: "from milk", uncountable: true },
  { name: "butter", kind: "food", colour: "yellow", taste: "mild", origin: "from milk", uncountable: true },
  { name: "rice", kind: "food", colour: "white", taste: "mild", origin: "from wet fields", uncountable: true },
  { name: "honey", kind: "food", colour: "golden", taste: "sweet", origin: "from bees", uncountable: true },
  { name: "sugar", kind: "food", colour: "white", taste: "sweet", origin: "from plants", uncountable: true },
  { name: "salt", kind: "food", colour: "white", taste: "salty", origin: "from the sea", uncountable: true },
  { name: "chocolate", kind: "food", colour: "brown", taste: "sweet", origin: "from cocoa beans", uncountable: true },
  { name: "soup", kind: "food", colour: "orange", taste: "salty", origin: "from a pot", uncountable: true },
  { name: "cake", kind: "food", colour: "brown", taste: "sweet", origin: "from the oven" },
  { name: "egg", kind: "food", colour: "white", taste: "mild", origin: "from hens" },
];

export const FRUITS = FOODS.filter((food) => food.kind === "fruit");
export const VEGETABLES = FOODS.filter((food) => food.kind === "vegetable");
export const DRINKS = FOODS.filter((food) => food.kind === "drink");
