"use client";
/** The answers of a run, asked for again while it trains. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { samplesQuery } from "@/components/api/queries";
import type { RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { samplesModel, type SamplesModel } from "./samples-model";

const AGAIN_MS = 4_000;

/** undefined until they are read. */
export function useSamples(run: Pick<RunSummary, "id" | "status">): SamplesModel | undefined {
  const { data } = useQuery({
    ...samplesQuery(run.id),
    refetchInterval: isEnded(run.status) ? false : AGAIN_MS,
  });
  return useMemo(() => data && samplesModel(data.items), [data]);
}
