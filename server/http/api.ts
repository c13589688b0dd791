/** Every route of the API, in the order of `contract/api.ts`. */
import type { MachineStatus } from "@/server/contract/events";
import type { Services } from "@/server/services";
import { chatRoutes } from "./chat";
import { configRoutes } from "./configs";
import { datasetRoutes } from "./datasets";
import { evaluationRoutes } from "./evaluations";
import { exportRoutes } from "./exports";
import { engineRoutes } from "./engines";
import { gpuRoutes } from "./gpu";
import { hubRoutes } from "./hub";
import { machineRoutes } from "./machine";
import { modelRoutes } from "./models";
import { pushRoutes } from "./pushes";
import { queueRoutes } from "./queue";
import type { Route } from "./router";
import { runRoutes } from "./runs";
import { settingsRoutes } from "./settings";

export function apiRoutes(services: Services, machine: () => Promise<MachineStatus>): Route[] {
  return [
    { method: "GET", path: "/api/health", handle: () => ({ status: "ok", version: services.version }) },
    ...runRoutes(services.runs, (request) => services.forecast(request)),
    ...queueRoutes(services.runs),
    ...datasetRoutes(services.datasets, services.datasetChanges),
    ...modelRoutes(services.models),
    ...hubRoutes(services.hub),
    ...engineRoutes(services.engines),
    ...machineRoutes(machine),
    ...chatRoutes(services),
    ...settingsRoutes(services.settings),
    ...configRoutes(services.configs),
    ...evaluationRoutes({ runs: services.runs, ...services.evaluations }),
    ...exportRoutes(services.exports),
    ...pushRoutes(services.pushes),
    ...gpuRoutes(services.gpu),
  ];
}
