/** The words of every language. Each language is put together in its own folder; English is the shape of all. */
import en, { type Messages } from "./en/messages";
import ja from "./ja/messages";
import ko from "./ko/messages";
import type { Locale } from "./locale";
import ru from "./ru/messages";
import zh from "./zh/messages";

export type { Messages };

const MESSAGES: Record<Locale, Messages> = { en, zh, ru, ko, ja };

/** The words of `locale`. */
export function messagesOf(locale: Locale): Messages {
  return MESSAGES[locale];
}

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}
