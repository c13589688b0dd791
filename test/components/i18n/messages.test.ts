/** All languages say everything, and every message can be read by the formatter. */
import { describe, expect, it } from "vitest";
import { createTranslator } from "use-intl";
import { chooseLocale, LOCALES } from "@/components/i18n/locale";
import { messagesOf } from "@/components/i18n/messages";
import { foldedWords } from "@/components/train/field-words";
import { SETTING_NAMES } from "@/components/train/settings-table";

function flatten(messages: object, prefix = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : flatten(value as object, `${prefix}${key}.`),
  );
}

const variables = (message: string) => [...message.matchAll(/\{([a-z]\w*)/gi)].map((match) => match[1]!);
const tags = (message: string) => [...message.matchAll(/<(\w+)>/g)].map((match) => match[1]!);

describe("messages", () => {
  it.each(LOCALES)("of %s are all well-formed", (locale) => {
    const problems: string[] = [];
    const messages = messagesOf(locale);
    const translate = createTranslator({
      locale,
      messages,
      onError: (error) => problems.push(error.message),
    });
    for (const [key, message] of flatten(messages)) {
      expect(message.trim(), key).not.toBe("");
      const values = {
        ...Object.fromEntries(variables(message).map((name) => [name, 1])),
        ...Object.fromEntries(tags(message).map((name) => [name, (chunks: string) => chunks])),
      };
      translate.markup(key as never, values as never);
    }
    expect(problems).toEqual([]);
  });

  it.each(LOCALES)("of %s have English's keys, and no value that English does not get", (locale) => {
    const en = new Map(flatten(messagesOf("en")));
    const other = new Map(flatten(messagesOf(locale)));
    expect([...other.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [key, message] of other) {
      const known = new Set(variables(en.get(key)!));
      for (const name of variables(message)) expect(known, `${key} uses {${name}}`).toContain(name);
    }
  });

  it.each(LOCALES)(
    "of %s explain every setting of the form, the folded ones without values",
    async (locale) => {
      const { default: folded } = await foldedWords(locale).load();
      const fields: Record<string, { explain: string }> = { ...messagesOf(locale).train.field, ...folded };
      for (const name of SETTING_NAMES) expect(fields[name]?.explain, name).toMatch(/\S/);
      expect(Object.values(folded).filter(({ label, explain }) => /[{}<]/.test(label + explain))).toEqual([]);
    },
  );
});

describe("chooseLocale", () => {
  it("takes the cookie first, then the browser's wish, then English", () => {
    expect(chooseLocale("zh", "en-GB")).toBe("zh");
    expect(chooseLocale("xx", "fr-FR, zh-CN;q=0.8")).toBe("zh");
    expect(chooseLocale(undefined, "de, ko;q=0.5")).toBe("ko");
    expect(chooseLocale(undefined, "ja-JP,en;q=0.5")).toBe("ja");
    expect(chooseLocale("ru", "en")).toBe("ru");
    expect(chooseLocale(undefined, "de")).toBe("en");
    expect(chooseLocale(undefined, null)).toBe("en");
  });
});
