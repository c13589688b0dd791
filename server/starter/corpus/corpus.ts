/**
 * The whole corpus from one seed: documents for pre-training, dialogues for sft. Text only; it does not know tokens.
 */
import { animalWriters } from "./chat/animals";
import { beyondWriters } from "./chat/beyond";
import { chineseWriters } from "./chat/chinese";
import { conversationWriters, otherPersona } from "./chat/conversations";
import { abilityWriters, identityWriters } from "./chat/identity";
import {
  firstOfListWriters,
  listWriters,
  storyWriters,
  wordWriters,
  writingWriters,
} from "./chat/instructions";
import { countingWriters, sumWriters } from "./chat/numbers";
import { foodWriters, jobWriters, thingWriters } from "./chat/objects";
import { readingWriters } from "./chat/reading";
import { reasoningWriters } from "./chat/reasoning";
import { courtesyWriters, feelingWriters, nameWriters, unknownWriters } from "./chat/small-talk";
import { calendarWriters, colourWriters, countryWriters, factWriters, oppositeWriters } from "./chat/world";
import type { Dialogue, Topic, Turn } from "./dialogue";
import { chineseText } from "./pretrain/chinese-texts";
import { story } from "./pretrain/stories";
import { TEXT_WRITERS } from "./pretrain/texts";
import { Random } from "./random";

/** What the model is asked, and how often. */
export const TOPICS: readonly Topic[] = [
  { name: "identity", weight: 10, writers: identityWriters },
  { name: "abilities", weight: 4, writers: abilityWriters },
  { name: "courtesy", weight: 6, writers: courtesyWriters },
  { name: "feelings", weight: 5, writers: feelingWriters },
  { name: "names", weight: 3, writers: nameWriters },
  { name: "unknown", weight: 2, writers: unknownWriters },
  { name: "animals", weight: 12, writers: animalWriters },
  { name: "foods", weight: 6, writers: foodWriters },
  { name: "things", weight: 7, writers: thingWriters },
  { name: "jobs", weight: 3, writers: jobWriters },
  { name: "colours", weight: 4, writers: colourWriters },
  { name: "opposites", weight: 4, writers: oppositeWriters },
  { name: "calendar", weight: 4, writers: calendarWriters },
  { name: "countries", weight: 4, writers: countryWriters },
  { name: "facts", weight: 6, writers: factWriters },
  { name: "sums", weight: 6, writers: sumWriters },
  { name: "counting", weight: 4, writers: countingWriters },
  { name: "lists", weight: 7, writers: listWriters },
  { name: "writing", weight: 7, writers: writingWriters },
  { name: "stories", weight: 4, writers: storyWriters },
  { name: "words", weight: 4, writers: wordWriters },
  { name: "reasoning", weight: 9, writers: reasoningWriters },
  { name: "chinese", weight: 14, writers: chineseWriters },
];

const CHINESE_SHARE = 0.15;
const STORY_SHARE = 0.4;

/** `count` texts for pre-training: stories, prose and a share of Chinese. */
export function pretrainTexts(seed: number, count: number): string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const kind = random.next();
    if (kind < CHINESE_SHARE) return chineseText(random);
    if (kind < CHINESE_SHARE + STORY_SHARE) return story(random);
    return random.weighted(TEXT_WRITERS)(random);
  });
}

/** The third round's topics: the same, with exercises in reading, honest refusals, and more of what comes hard. */
export const HARDER_TOPICS: readonly Topic[] = [
  ...TOPICS,
  { name: "reading", weight: 24, writers: readingWriters },
  { name: "beyond", weight: 12, writers: beyondWriters },
  { name: "more sums", weight: 8, writers: sumWriters },
  { name: "more reasoning", weight: 6, writers: reasoningWriters },
  { name: "more opposites", weight: 4, writers: oppositeWriters },
];

/** To finish with: lists with one right answer, and much of what must be exact. */
export const POLISH_TOPICS: readonly Topic[] = [
  ...TOPICS.filter(({ name }) => name !== "lists"),
  { name: "first of a list", weight: 10, writers: firstOfListWriters },
  { name: "where is, who has", weight: 4, writers: readingWriters.slice(3) },
  { name: "beyond", weight: 4, writers: beyondWriters },
  { name: "more sums", weight: 18, writers: sumWriters },
  { name: "more reasoning", weight: 10, writers: reasoningWriters },
  { name: "more opposites", weight: 4, writers: oppositeWriters },
];

/**
 * `count` dialogues for sft. Half hold one exchange, so that a first question is met often; the others several, which
 * fills a row with more answers and teaches the model to go on.
 */
export function chatDialogues(seed: number, count: number, topics: readonly Topic[] = TOPICS): Dialogue[] {
  const random = new Random(seed);
  const weighted = topics.map((topic) => [topic.weight, topic] as const);
  const exchange = (): Turn => random.pick(random.weighted(weighted).writers)(random);
  return Array.from({ length: count }, () => {
    const kind = random.next();
    if (kind < 0.04) return otherPersona(random);
    if (kind < 0.1) return { turns: random.pick(conversationWriters)(random) };
    if (kind < 0.55) return { turns: [exchange()] };
    return { turns: Array.from({ length: random.int(2, 5) }, exchange) };
  });
}
