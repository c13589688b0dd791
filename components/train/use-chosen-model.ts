"use client";
/** What is known of the model that the form names: from the list, else by looking into its folder. */
import { useQuery } from "@tanstack/react-query";
import type { ModelSummary } from "@/server/contract/api";
import { modelQuery, modelsQuery } from "../api/queries";

export interface ChosenModel {
  model: ModelSummary | null;
  /** Why the folder cannot be looked into. */
  error: string | null;
}

export function useChosenModel(path: string): ChosenModel {
  const { data: list, isPending } = useQuery(modelsQuery);
  const listed = list?.items.find((each) => each.path === path);
  const typed = useQuery({
    ...modelQuery(path),
    enabled: path !== "" && !isPending && !listed,
    placeholderData: undefined,
  });
  return { model: listed ?? typed.data ?? null, error: listed ? null : (typed.error?.message ?? null) };
}
