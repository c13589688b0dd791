/** /api/settings: parse, call the settings, reply. */
import { updateSettingsSchema } from "@/server/contract/api";
import type { SettingsService } from "@/server/services";
import type { Route } from "./router";

export function settingsRoutes(settings: SettingsService): Route[] {
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
