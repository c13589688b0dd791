"use client";
/** How far the store is with a prompt set, bound to React. */
import { useSyncExternalStore } from "react";
import type { ConversationStore } from "./conversation-store";

/** null while no set is being asked. */
export function usePromptProgress(store: ConversationStore): ReturnType<ConversationStore["progress"]> {
  return useSyncExternalStore(store.subscribe, store.progress, () => null);
}
