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
  // The list first: what is gone from it leaves the page before anybody asks about it again.
  const refresh = async () => {
    const { queryKey } = datasetListQuery;
    await queries.refetchQueries({ queryKey });
    await new Promise((resolve) => setTimeout(resolve));
    await queries.invalidateQueries({
      queryKey: queryKeys.datasets,
      predicate: (query) => query.queryKey[1] !== queryKey[1],
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
