/** /api/datasets and /api/data: parse, call the datasets services, reply. */
import {
  addRequestSchema,
  identityRequestSchema,
  incomingRequestSchema,
  lengthRequestSchema,
  newUploadSchema,
  registryChangeSchema,
  renderRequestSchema,
  rowAdditionsSchema,
  rowEditsSchema,
  rowFilesRequestSchema,
} from "@/server/contract/datasets";
import { z } from "zod";
import type { DatasetChanges } from "@/server/datasets/dataset-changes";
import type { Datasets } from "@/server/datasets/datasets";
import { identityDataset } from "@/server/datasets/identity-dataset";
import { queryInt, Reply, type Route } from "./router";

const entryChangeSchema = z.object({ entry: z.record(z.string(), z.unknown()) });

export function datasetRoutes(datasets: Datasets, changes: DatasetChanges): Route[] {
  return [...rowRoutes(datasets), ...changeRoutes(datasets, changes), ...incomingRoutes(changes)];
}

function rowRoutes(datasets: Datasets): Route[] {
  return [
    { method: "GET", path: "/api/datasets", handle: () => datasets.list() },
    { method: "GET", path: "/api/datasets/:name", handle: ({ params }) => datasets.detail(params.name!) },
    {
      method: "GET",
      path: "/api/datasets/:name/rows",
      handle: ({ params, query }) =>
        datasets.rows(params.name!, queryInt(query, "offset", 0), queryInt(query, "limit", 20)),
    },
    {
      method: "GET",
      path: "/api/datasets/:name/survey",
      handle: ({ params }) => datasets.survey(params.name!),
    },
    {
      method: "POST",
      path: "/api/datasets/:name/render",
      handle: async ({ params, body }) => datasets.render(params.name!, await body(renderRequestSchema)),
    },
    {
      method: "POST",
      path: "/api/datasets/:name/lengths",
      handle: async ({ params, body }) => datasets.lengths(params.name!, await body(lengthRequestSchema)),
    },
  ];
}

function changeRoutes(datasets: Datasets, changes: DatasetChanges): Route[] {
  return [
    {
      method: "PUT",
      path: "/api/datasets/:name",
      handle: async ({ params, body }) =>
        changes.changeEntry(params.name!, (await body(entryChangeSchema)).entry),
    },
    {
      method: "DELETE",
      path: "/api/datasets/:name",
      handle: ({ params, query }) =>
        changes.remove(params.name!, { files: query.get("files") === "1", dry: query.get("dry") === "1" }),
    },
    {
      method: "PATCH",
      path: "/api/datasets/:name/rows",
      handle: async ({ params, body }) => changes.editRows(params.name!, await body(rowEditsSchema)),
    },
    {
      method: "POST",
      path: "/api/datasets/:name/rows",
      handle: async ({ params, body }) =>
        new Reply(201, await changes.addRows(params.name!, await body(rowAdditionsSchema))),
    },
    { method: "GET", path: "/api/data/registry", handle: () => datasets.registry().text() },
    {
      method: "PUT",
      path: "/api/data/registry",
      handle: async ({ body }) => changes.replaceRegistry((await body(registryChangeSchema)).text),
    },
    {
      method: "POST",
      path: "/api/data/undo/:id",
      handle: async ({ params }) => {
        await changes.undo(params.id!);
        return { undone: true };
      },
    },
    {
      method: "POST",
      path: "/api/data/identity/rows",
      handle: async ({ body }) => ({ items: identityDataset(await body(identityRequestSchema)) }),
    },
    {
      method: "POST",
      path: "/api/data/identity",
      handle: async ({ body }) =>
        new Reply(201, await changes.addIdentity(await body(identityRequestSchema))),
    },
  ];
}

function incomingRoutes(changes: DatasetChanges): Route[] {
  const { uploads, additions } = changes;
  return [
    {
      method: "POST",
      path: "/api/data/uploads",
      handle: async ({ body }) => uploads.begin(await body(newUploadSchema)),
    },
    { method: "GET", path: "/api/data/uploads/:id", handle: ({ params }) => uploads.status(params.id!) },
    {
      method: "PUT",
      path: "/api/data/uploads/:id",
      handle: ({ params, query, raw }) => uploads.receive(params.id!, queryInt(query, "offset", 0), raw),
    },
    {
      method: "DELETE",
      path: "/api/data/uploads/:id",
      handle: async ({ params }) => {
        await changes.forgetUpload(params.id!);
        return { removed: true };
      },
    },
    {
      method: "POST",
      path: "/api/data/incoming/files",
      handle: async ({ body }) => ({
        items: await changes.rowFiles((await body(rowFilesRequestSchema)).path),
      }),
    },
    {
      method: "POST",
      path: "/api/data/incoming",
      handle: async ({ body }) => changes.look(await body(incomingRequestSchema)),
    },
    {
      method: "POST",
      path: "/api/data/incoming/:id/add",
      handle: async ({ params, body }) =>
        new Reply(202, await additions.add(params.id!, await body(addRequestSchema))),
    },
    {
      method: "GET",
      path: "/api/data/incoming/:id/add",
      handle: ({ params }) => additions.progress(params.id!),
    },
  ];
}
