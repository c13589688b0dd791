/** Everyday objects: what they are for, made of, and where they are. A data table. */

export interface Thing {
  readonly name: string;
  /** Follows "is used to" and "to": "cut paper". */
  readonly use: string;
  readonly material: string;
  /** Follows "is": "in the kitchen". */
  readonly place: string;
  readonly colour: string;
}

// prettier-ignore
export const THINGS: readonly Thing[] = [
  { name: "spoon", use: "eat soup", material: "metal", place: "in the kitchen", colour: "silver" },
  { name: "fork", use: "eat food", material: "metal", place: "in the kitchen", colour: "silver" },
  { name: "knife", use: "cut bread", material: "metal", place: "in the kitchen", colour: "silver" },
  { name: "cup", use: "drink tea", material: "clay", place: "in the kitchen", colour: "white" },
  { name: "plate", use: "serve food", material: "clay", place: "on the table", colour: "white" },
  { name: "pot", use: "cook soup", material: "metal", place: "on the stove", colour: "black" },
  { name: "bottle", use: "hold water", material: "glass", place: "on the table", colour: "green" },
  { name: "chair", use: "sit", material: "wood", place: "in the room", colour: "brown" },
  { name: "table", use: "eat and work", material: "wood", place: "in the room", colour: "brown" },
  { name: "bed", use: "sleep", material: "wood", place: "in the bedroom", colour: "white" },
  { name: "lamp", use: "make light", material: "glass and metal", place: "on the desk", colour: "yellow" },
  { name: "candle", use: "make light", material: "wax", place: "on the shelf", colour: "white" },
  { name: "clock", use: "tell the time", material: "metal", place: "on the wall", colour: "black" },
  { name: "mirror", use: "see your face", material: "glass", place: "on the wall", colour: "silver" },
  { name: "key", use: "open a door", material: "metal", place: "in a pocket", colour: "golden" },
  { name: "door", use: "enter a room", material: "wood", place: "in the wall", colour: "brown" },
  { name: "window", use: "let in light", material: "glass", place: "in the wall", colour: "clear" },
  { name: "book", use: "read and learn", material: "paper", place: "on the shelf", colour: "blue" },
  { name: "pen", use: "write", material: "plastic", place: "on the desk", colour: "blue" },
  { name: "pencil", use: "draw and write", material: "wood", place: "on the desk", colour: "yellow" },
  { name: "brush", use: "paint pictures", material: "wood and hair", place: "in the box", colour: "brown" },
  { name: "scissors", use: "cut paper", material: "metal", place: "in the drawer", colour: "red" },
  { name: "bag", use: "carry things", material: "cloth", place: "by the door", colour: "green" },
  { name: "box", use: "keep things", material: "paper", place: "under the bed", colour: "brown" },
  { name: "umbrella", use: "stay dry in the rain", material: "cloth and metal", place: "by the door", colour: "black" },
  { name: "hat", use: "keep your head warm", material: "wool", place: "on the hook", colour: "red" },
  { name: "coat", use: "stay warm", material: "wool", place: "on the hook", colour: "grey" },
  { name: "shoe", use: "protect your foot", material: "leather", place: "by the door", colour: "brown" },
  { name: "ball", use: "play games", material: "rubber", place: "in the garden", colour: "red" },
  { name: "kite", use: "play in the wind", material: "paper", place: "in the sky", colour: "red" },
  { name: "drum", use: "make music", material: "wood", place: "in the school", colour: "red" },
  { name: "guitar", use: "make music", material: "wood", place: "in the room", colour: "brown" },
  { name: "hammer", use: "hit nails", material: "wood and metal", place: "in the shed", colour: "black" },
  { name: "rope", use: "tie things", material: "strong threads", place: "on the boat", colour: "brown" },
  { name: "ladder", use: "climb up high", material: "wood", place: "in the shed", colour: "brown" },
  { name: "broom", use: "sweep the floor", material: "wood", place: "in the corner", colour: "brown" },
  { name: "soap", use: "wash your hands", material: "oil", place: "in the bathroom", colour: "white" },
  { name: "towel", use: "dry your hands", material: "cotton", place: "in the bathroom", colour: "blue" },
  { name: "phone", use: "talk to friends", material: "glass and metal", place: "in a pocket", colour: "black" },
  { name: "computer", use: "write, learn and play", material: "metal and plastic", place: "on the desk", colour: "grey" },
  { name: "map", use: "find the way", material: "paper", place: "in the bag", colour: "green" },
  { name: "boat", use: "travel on water", material: "wood", place: "on the lake", colour: "white" },
  { name: "bicycle", use: "ride to school", material: "metal", place: "in the street", colour: "blue" },
  { name: "car", use: "travel on roads", material: "metal", place: "in the street", colour: "red" },
  { name: "train", use: "travel far on rails", material: "metal", place: "at the station", colour: "green" },
  { name: "bus", use: "carry many people", material: "metal", place: "in the street", colour: "yellow" },
  { name: "plane", use: "fly to other countries", material: "metal", place: "in the sky", colour: "white" },
];

export interface Job {
  readonly name: string;
  /** Third person: "grows food". */
  readonly does: string;
  readonly place: string;
}

// prettier-ignore
export const JOBS: readonly Job[] = [
  { name: "teacher", does: "helps children learn", place: "in a school" },
  { name: "doctor", does: "helps sick people", place: "in a hospital" },
  { name: "nurse", does: "takes care of sick people", place: "in a hospital" },
  { name: "farmer", does: "grows food and keeps animals", place: "on a farm" },
  { name: "baker", does: "bakes bread and cakes", place: "in a bakery" },
  { name: "cook", does: "makes meals", place: "in a kitchen" },
  { name: "driver", does: "drives a bus or a car", place: "on the road" },
  { name: "pilot", does: "flies planes", place: "in the sky" },
  { name: "sailor", does: "sails ships", place: "on the sea" },
  { name: "fisherman", does: "catches fish", place: "on the sea" },
  { name: "firefighter", does: "puts out fires", place: "in the fire station" },
  { name: "painter", does: "paints pictures", place: "in a studio" },
  { name: "writer", does: "writes books", place: "at a desk" },
  { name: "singer", does: "sings songs", place: "on a stage" },
  { name: "gardener", does: "looks after plants", place: "in a garden" },
  { name: "builder", does: "builds houses", place: "on a building site" },
  { name: "tailor", does: "makes clothes", place: "in a shop" },
  { name: "dentist", does: "takes care of teeth", place: "in a clinic" },
  { name: "librarian", does: "looks after books", place: "in a library" },
  { name: "postman", does: "brings letters", place: "in the street" },
  { name: "scientist", does: "studies how the world works", place: "in a laboratory" },
  { name: "programmer", does: "writes programs for computers", place: "in an office" },
];
