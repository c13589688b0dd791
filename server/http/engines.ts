/** /api/engines and /api/settings. */
import { updateSettingsSchema, type EngineId, type Settings } from "@/server/contract/api";
import type { Engine } from "@/server/engines/engine";
import type { Route } from "./router";

export function engineRoutes(engines: ReadonlyMap<EngineId, Engine>): Route[] {
  return [
    {
      method: "GET",
      path: "/api/engines",
      handle: async () => ({
        items: await Promise.all([...engines.values()].map((engine) => engine.detect())),
      }),
    },
  ];
}

export interface SettingsPort {
  read(): Promise<Settings>;
  write(change: { llamafactory_cli: string | null }): Promise<void>;
}

export function settingsRoutes(settings: SettingsPort): Route[] {
  return [
    { method: "GET", path: "/api/settings", handle: () => settings.read() },
    {
      method: "PUT",
      path: "/api/settings",
      handle: async ({ body }) => {
        await settings.write(await body(updateSettingsSchema));
        return settings.read();
      },
    },
  ];
}
