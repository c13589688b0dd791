"use client";
/** After a change to the data: everything about datasets is read anew, and a note says what was done, with undo. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { queryKeys } from "../api/query-keys";
import { useToast } from "../ui/toast";
import { datasetListQuery, undoChange } from "./dataset-queries";

/** @returns a function that tells what was done; `undo` is the id of the change */
export function useDone(): (text: string, undo: string | null) => void {
  const t = useTranslations("shell");
  const queries = useQueryClient();
  const toast = useToast();
  // The list first, and then nothing about what is gone from it: the page may still show that for a moment.
  const refresh = async () => {
    const { queryKey } = datasetListQuery;
    await queries.refetchQueries({ queryKey });
    const names = queries.getQueryData(queryKey)?.items.map(({ name }) => name);
    await queries.invalidateQueries({
      queryKey: queryKeys.datasets,
      predicate: ({ queryKey: [, name] }) =>
        name !== queryKey[1] &&
        (typeof name !== "string" || name === "registry" || !names || names.includes(name)),
    });
  };
  return (text, undo) => {
    void refresh();
    toast({
      text,
      action: undo === null ? undefined : { label: t("undo"), onClick: () => void takeBack(undo) },
    });
  };

  async function takeBack(undo: string): Promise<void> {
    try {
      await undoChange(undo);
    } catch (error) {
      toast({ text: (error as Error).message, kind: "bad" });
    }
    await refresh();
  }
}
