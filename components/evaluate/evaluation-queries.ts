/** What the evaluate page reads from the API: the rows of an evaluation and its numbers. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { EvaluationResults, PredictionOrder, Predictions } from "@/server/contract/evaluation";
import { callApi } from "../api/client";
import { queryKeys } from "../api/query-keys";
import { withPerplexity } from "./evaluation-measures";

/** Rows on one page of the table. */
export const PAGE_ROWS = 25;

/** An evaluation's measured numbers, perplexity among them; read again when it has ended. */
export const resultsQuery = (id: string, isEnded: boolean) =>
  queryOptions({
    queryKey: [...queryKeys.run(id), "results", isEnded],
    queryFn: ({ signal }) =>
      callApi<EvaluationResults>(`/api/runs/${encodeURIComponent(id)}/results`, { signal }),
    select: resultsOf,
  });

const resultsOf = ({ results }: { results: Record<string, number> }) => withPerplexity(results);

export interface RowsWish {
  order: PredictionOrder;
  descending: boolean;
  page: number;
}

/** One page of rows. `state` changes with the run, so that new rows are fetched. */
export const predictionsQuery = (id: string, { order, descending, page }: RowsWish, state: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(id), "predictions", order, descending, page, state],
    queryFn: ({ signal }) =>
      callApi<Predictions>(
        `/api/runs/${encodeURIComponent(id)}/predictions?order=${order}&descending=${descending}&offset=${page * PAGE_ROWS}&limit=${PAGE_ROWS}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

/** The same rows of another evaluation. */
export const matchingQuery = (id: string, rows: readonly number[]) =>
  queryOptions({
    queryKey: [...queryKeys.run(id), "predictions", "rows", ...rows],
    queryFn: ({ signal }) =>
      callApi<Predictions>(`/api/runs/${encodeURIComponent(id)}/predictions?rows=${rows.join(",")}`, {
        signal,
      }),
    enabled: id !== "" && rows.length > 0,
    placeholderData: keepPreviousData,
  });
