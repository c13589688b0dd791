/** What is read and changed of prompt sets over the console's API: by the chat and by the train form. */
import { queryOptions } from "@tanstack/react-query";
import { callApi, type ListOf } from "@/components/api/client";
import type { PromptEntry, PromptSet } from "@/server/contract/prompt-sets";

export const promptSetsQuery = queryOptions({
  queryKey: ["prompts"],
  queryFn: ({ signal }) => callApi<ListOf<PromptSet>>("/api/prompts", { signal }),
});

export const savePromptSet = (name: string, prompts: readonly PromptEntry[]) =>
  callApi<PromptSet>(`/api/prompts/${encodeURIComponent(name)}`, {
    method: "PUT",
    body: { prompts },
  });

export const removePromptSet = (name: string) =>
  callApi(`/api/prompts/${encodeURIComponent(name)}`, { method: "DELETE" });
