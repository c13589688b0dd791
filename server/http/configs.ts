/** /api/configs: parse, call the folder of named configurations, reply. */
import { configSourceSchema, saveConfigSchema } from "@/server/contract/named-configs";
import type { NamedConfigs } from "@/server/configs/named-configs";
import { parseRequest, type Route } from "./router";

export function configRoutes(configs: NamedConfigs): Route[] {
  return [
    { method: "GET", path: "/api/configs", handle: async () => ({ items: await configs.list() }) },
    {
      method: "GET",
      path: "/api/configs/:source/:name",
      handle: async ({ params }) => ({
        text: await configs.read(parseRequest(configSourceSchema, params.source), params.name!),
      }),
    },
    {
      method: "PUT",
      path: "/api/configs/saved/:name",
      handle: async ({ params, body }) => configs.save(params.name!, (await body(saveConfigSchema)).config),
    },
    {
      method: "DELETE",
      path: "/api/configs/saved/:name",
      handle: async ({ params }) => {
        await configs.remove(params.name!);
        return { removed: params.name };
      },
    },
  ];
}
