/**
 * How people really type: polite or curt, "what's" for "what is", lower case, no full stop, either spelling of colour.
 * Turns one clean question or request into one of its many forms. It does not know what is asked.
 */
import { capitalise } from "./grammar";
import type { Random } from "./random";

const QUESTION_OPENERS = [
  "Tell me, ",
  "Please tell me, ",
  "Hey, ",
  "Hi, ",
  "Quick question: ",
  "I want to know: ",
  "Excuse me, ",
];
const REQUEST_OPENERS = [
  "Please ",
  "Can you ",
  "Could you please ",
  "Now ",
  "Can you please ",
  "I want you to ",
];

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(What|Who|Where|When|How|what|who|where|when|how) is\b/, "$1's"],
  [/\bI am\b/g, "I'm"],
  [/\b([Dd])o not\b/g, "$1on't"],
];

/** A question as somebody might type it. */
export function askedAs(random: Random, question: string): string {
  const opened = random.chance(0.15) ? random.pick(QUESTION_OPENERS) + lowerFirst(question) : question;
  return typedAs(random, opened);
}

/** A request ("Name three fruits.") as somebody might type it, as an order or as a question. */
export function requestedAs(random: Random, request: string): string {
  if (!random.chance(0.3)) return typedAs(random, request);
  const opener = random.pick(REQUEST_OPENERS);
  const asked = opener.includes("an you") || opener.includes("ould you");
  const body = lowerFirst(request);
  return typedAs(random, opener + (asked ? body.replace(/\.$/, "?") : body));
}

/** The text with a typist's habits: contractions, American spelling, lower case, a missing end mark. */
export function typedAs(random: Random, text: string): string {
  let typed = text;
  if (random.chance(0.2)) for (const [long, short] of CONTRACTIONS) typed = typed.replace(long, short);
  if (random.chance(0.4)) typed = typed.replaceAll("olour", "olor");
  if (random.chance(0.2)) typed = typed.replace(/ ?[.?!]$/, "");
  if (random.chance(0.15)) typed = typed.toLowerCase();
  return typed;
}

/** Sentences side by side, each with a capital and a full stop. */
export function sentences(...texts: readonly string[]): string {
  return texts.map((text) => capitalise(/[.?!]$/.test(text) ? text : `${text}.`)).join(" ");
}

function lowerFirst(text: string): string {
  return /^(?:I\b|[A-Z][a-z]+ (?:is|has)\b)/.test(text) &&
    !/^(?:What|Who|Where|How|Which|Why|When|This)/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
