/**
 * What the console says in English is known in every language: its sentences are read out of its own sources, so that none
 * can be added, changed or left behind without a translation.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import english from "@/components/i18n/en/phrases";
import ja from "@/components/i18n/ja/phrases";
import ko from "@/components/i18n/ko/phrases";
import { sayBy } from "@/components/i18n/phrasebook";
import ru from "@/components/i18n/ru/phrases";
import zh from "@/components/i18n/zh/phrases";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const ROOMS = "chat configs contract datasets disk engines evaluations exports hub models runs".split(" ");
const PHRASES: readonly string[] = Object.values(english).flat();
const LANGUAGES = { zh, ru, ko, ja };

/** Files whose sentences go to a terminal, into a model's card, or to a program. */
const ELSEWHERE = /engine-report|model-card|argument-table|leash|gpu-library|dataset-presets|argument-yaml/;

/** Sentences that a page never shows: the program's own asserts, and what only other programs ask for. */
const NEVER_SHOWN = [
  "A text that does not parse has a fault.",
  // Filled from a fixed list of arguments: each is a phrase of its own.
  "{} is only for supervised fine-tuning (stage sft).",
  "{} is only for finetuning_type lora.",
  "There can be one loss: {} excludes {}.",
  // Put together from parts that are phrases.
  "{}: {} is not a {}.",
  'Name the right one under "columns" in {}.',
  "Of its {} weight files {} {} missing: {}.",
];

/** The texts of a file, `{}` in the place of what is put in. */
function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join(""));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/** The code of all files below a folder, but what is built and what the trainer says. */
function codeBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/^(trainer|store.client|starter)/.test(file))
    .map((file) => readFileSync(path.join(ROOT, folder, file), "utf8"));
}

const texts = ROOMS.flatMap((room) => {
  const folder = path.join(ROOT, "server", room);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !ELSEWHERE.test(file))
    .flatMap((file) => textsOf(path.join(folder, file)));
});

describe("what the console says", () => {
  it.each(Object.entries(LANGUAGES))("is known in %s, with the same values put in", (_language, phrases) => {
    const valuesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name);
    for (const phrase of PHRASES) {
      expect(phrases, phrase).toHaveProperty([phrase]);
      const put = valuesOf(phrases[phrase]!);
      expect(
        put.filter((name) => !valuesOf(phrase).includes(name)),
        phrase,
      ).toEqual([]);
    }
  });

  it("is still said", () => {
    const code = ["server", "components/api"].flatMap(codeBelow).join("\n");
    const gone = PHRASES.filter((phrase) => {
      const longest = phrase.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0]!;
      return !code.includes(
        longest
          .replace(/[.:;,(]*\s*$/, "")
          .slice(-12)
          .replaceAll("\\", "\\\\"),
      );
    });
    expect(gone).toEqual([]);
  });

  it("holds no sentence without a translation", () => {
    const say = sayBy(zh);
    const sentences = texts.filter((text) => /^[A-Z{].* .* .*\.$/.test(text) && !/^\{\}\.?$/.test(text));
    expect(sentences.length).toBeGreaterThan(200);
    const unknown = sentences.filter((text) => {
      const sample = text.replaceAll("{}", "x1");
      return !NEVER_SHOWN.includes(text) && say(sample) === sample;
    });
    expect(unknown).toEqual([]);
  });
});
