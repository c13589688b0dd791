"use client";
/** Looks at models and datasets again when a download has ended, wherever the page is. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryKeys } from "../api/query-keys";
import { downloadsQuery } from "./model-queries";

/** @returns the downloads, newest first */
export function useDownloads() {
  const queries = useQueryClient();
  const query = useQuery(downloadsQuery);
  const finished = (query.data?.items ?? [])
    .filter(({ state }) => state === "finished")
    .map(({ id, started_at }) => `${id} ${started_at}`)
    .join();
  useEffect(() => {
    if (finished === "") return;
    void queries.invalidateQueries({ queryKey: queryKeys.models });
    void queries.invalidateQueries({ queryKey: queryKeys.datasets });
    void queries.invalidateQueries({ queryKey: queryKeys.chatTargets });
  }, [finished, queries]);
  return query;
}
