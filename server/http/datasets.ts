/** /api/datasets: parse, call the datasets service, reply. */
import type { Datasets } from "@/server/datasets/datasets";
import { queryInt, type Route } from "./router";

export function datasetRoutes(datasets: Datasets): Route[] {
  return [
    { method: "GET", path: "/api/datasets", handle: () => datasets.list() },
    {
      method: "GET",
      path: "/api/datasets/:name/rows",
      handle: ({ params, query }) =>
        datasets.rows(params.name!, queryInt(query, "offset", 0), queryInt(query, "limit", 20)),
    },
  ];
}
