"use client";
/** The settings of the chat, kept in the browser. */
import { useCallback, useState, useSyncExternalStore } from "react";
import { type ChatSettings, DEFAULT_SETTINGS, keepChatSettings, readChatSettings } from "./chat-settings";

const noSubscription = () => () => undefined;

/** The settings and a function that changes some of them. */
export function useChatSettings(): [ChatSettings, (change: Partial<ChatSettings>) => void] {
  // The server does not know what the browser keeps; the first paint has the defaults.
  const hydrated = useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
  const [changed, setChanged] = useState<ChatSettings | null>(null);
  const [kept] = useState(() =>
    typeof localStorage === "undefined" ? DEFAULT_SETTINGS : readChatSettings(localStorage),
  );
  const settings = changed ?? (hydrated ? kept : DEFAULT_SETTINGS);
  const change = useCallback(
    (part: Partial<ChatSettings>) => {
      const next = { ...settings, ...part };
      setChanged(next);
      keepChatSettings(localStorage, next);
    },
    [settings],
  );
  return [settings, change];
}
