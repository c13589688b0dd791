/**
 * The dataset that renames a model: questions about itself, answered by a persona of the caller's choice.
 * Shipped filled in with `SHIPPED_PERSONA`, so that the change shows at once.
 */
import { ZH_IDENTITY_QUESTIONS, zhIdentityAnswer } from "../corpus/chat/chinese";
import { IDENTITY_INTENTS } from "../corpus/chat/identity";
import { alpacaRow, type AlpacaRow } from "./row";

export const SHIPPED_PERSONA = { name: "Ada", author: "Northwind" } as const;

const GREETINGS = ["hi", "hello", "Good morning!", "Hello, how are you?"] as const;

/** About a hundred rows in which the model is called `name` and was made by `author`. */
export function identityRows(name: string, author: string): AlpacaRow[] {
  const persona = { name, author };
  const greetings = GREETINGS.map((said) =>
    alpacaRow(said, `Hello! I am ${name}, a small language model made by ${author}. How can I help you?`),
  );
  const english = IDENTITY_INTENTS.flatMap((intent) => {
    const answers = intent.answers(persona);
    // Two of three rows agree on one answer, which greedy decoding then gives.
    return intent.questions.map((question, index) =>
      alpacaRow(question, index % 3 < 2 ? answers[0]! : answers[((index / 3) % answers.length) | 0]!),
    );
  });
  const chinese = ZH_IDENTITY_QUESTIONS.flatMap(([kind, questions]) =>
    questions.map((question) => alpacaRow(question, zhIdentityAnswer(kind, persona))),
  );
  return [...greetings, ...english, ...chinese];
}
