/**
 * What the chat is set to, kept in the browser for the next conversation: what targets are asked with, whether words are
 * marked, where good answers go. What cannot be read counts as nothing; numbers are checked where they are typed and
 * where they are sent.
 */
import type { Asking } from "@/server/contract/conversations";
import { DEFAULT_SAMPLING } from "@/server/contract/default-sampling";

const SETTINGS_KEY = "tuneboard.chatSettings";

export interface ChatSettings {
  asking: Asking;
  /** Whether words that the base did not say are marked. */
  mark: boolean;
  /** The dataset that answers are added to. */
  dataset: string;
}

export const DEFAULT_SETTINGS: ChatSettings = {
  asking: { system: "", tools: "", sampling: DEFAULT_SAMPLING, engine: "auto" },
  mark: true,
  dataset: "chat_answers",
};

type Store = Pick<Storage, "getItem" | "setItem">;

export function readChatSettings(store: Store): ChatSettings {
  try {
    const kept = JSON.parse(store.getItem(SETTINGS_KEY) ?? "{}") as Partial<ChatSettings>;
    return {
      asking: sameKinds(kept.asking, DEFAULT_SETTINGS.asking),
      mark: kept.mark ?? DEFAULT_SETTINGS.mark,
      dataset: kept.dataset ?? DEFAULT_SETTINGS.dataset,
    };
  } catch {
    return DEFAULT_SETTINGS;
  }
}

export function keepChatSettings(store: Store, settings: ChatSettings) {
  try {
    store.setItem(SETTINGS_KEY, JSON.stringify(settings));
  } catch {
    // The browser's storage is full or forbidden; the settings hold as long as the page.
  }
}

/** `defaults` with the values of `kept` that are of the same kind. */
function sameKinds<T extends object>(kept: Partial<T> | undefined, defaults: T): T {
  const entries = Object.entries(defaults).map(([key, usual]: [string, unknown]) => {
    const value = (kept as Record<string, unknown> | undefined)?.[key];
    if (typeof value !== typeof usual || value === null) return [key, usual];
    return [key, typeof usual === "object" && usual !== null ? sameKinds(value as object, usual) : value];
  });
  return Object.fromEntries(entries) as T;
}
