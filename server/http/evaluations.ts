/** /api/evaluations and what an evaluation's run measured: parse, call, reply. */
import { z } from "zod";
import { createEvaluationSchema, PREDICTION_ORDERS } from "@/server/contract/evaluation";
import { measuredResults, type PredictionFiles } from "@/server/evaluations/predictions";
import type { Runs } from "@/server/runs/runs";
import { parseRequest, queryInt, Reply, type Route } from "./router";

const orderSchema = z.enum(PREDICTION_ORDERS);
const MOST_ROWS = 500;

/** "3,17,4" → numbers; what is none is left out. */
function rowNumbers(text: string): number[] {
  return text.split(",").map(Number).filter(Number.isSafeInteger).slice(0, MOST_ROWS);
}

export interface EvaluationParts {
  runs: Runs;
  predictions: PredictionFiles;
  /** Makes the run of an evaluation; returns its id. */
  evaluate: (request: z.infer<typeof createEvaluationSchema>) => Promise<string>;
}

export function evaluationRoutes({ runs, predictions, evaluate }: EvaluationParts): Route[] {
  return [
    {
      method: "POST",
      path: "/api/evaluations",
      handle: async ({ body }) => new Reply(201, { id: await evaluate(await body(createEvaluationSchema)) }),
    },
    {
      method: "GET",
      path: "/api/runs/:id/results",
      handle: async ({ params }) => ({ results: await measuredResults(runs.folderOf(params.id!)) }),
    },
    {
      method: "GET",
      path: "/api/runs/:id/predictions",
      handle: ({ params, query }) =>
        predictions.page(runs.folderOf(params.id!), {
          offset: Math.max(0, queryInt(query, "offset", 0)),
          limit: Math.min(MOST_ROWS, Math.max(1, queryInt(query, "limit", 50))),
          order: parseRequest(orderSchema, query.get("order") ?? "row"),
          descending: query.get("descending") === "true",
          ...(query.has("rows") && { rows: rowNumbers(query.get("rows")!) }),
        }),
    },
  ];
}
