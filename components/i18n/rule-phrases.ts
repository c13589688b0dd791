/** Rules about several arguments are translated by their codes; as phrases they are known by what they say in English. */
import { RULE_MESSAGES, type RuleCode } from "@/server/contract/argument-combinations";

/** @param words what each rule says in one language, by its code */
export function rulePhrases(words: Readonly<Record<RuleCode, string>>): Record<string, string> {
  return Object.fromEntries(
    (Object.keys(words) as RuleCode[]).map((code) => [RULE_MESSAGES[code], words[code]]),
  );
}
