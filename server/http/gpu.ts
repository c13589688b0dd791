/** /api/gpu: the state of the CUDA library for TensorFlow.js, and the request to fetch it. */
import type { GpuLibraryInstaller } from "@/server/engines/gpu-library";
import { Reply, type Route } from "./router";

export function gpuRoutes(installer: GpuLibraryInstaller): Route[] {
  return [
    { method: "GET", path: "/api/gpu", handle: () => installer.state() },
    {
      method: "POST",
      path: "/api/gpu/install",
      handle: async () => {
        const installing = installer.install();
        // An immediate refusal is the answer; a download goes on and is asked for through GET.
        await Promise.race([installing, new Promise((resolve) => setImmediate(resolve))]);
        installing.catch(() => undefined);
        return new Reply(202, installer.state());
      },
    },
  ];
}
