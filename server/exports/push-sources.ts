/** What can be pushed to a hub: folders of finished exports, and what a run has trained, as it lies in its folder. */
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { TargetFolders } from "@/server/evaluations/evaluations";
import type { PushSource } from "@/server/hub/pushes";
import type { Exports } from "./exports";
import { plainCard } from "./model-card";

const OF_EXPORT = /^export:(.+)$/;

/** The folder of "export:<id>"; null where the id means something else. @throws AppError not_found, busy */
export function exportPushSource(id: string, exports: Exports, home: string): PushSource | null {
  const exported = OF_EXPORT.exec(id)?.[1];
  if (exported === undefined) return null;
  const { name, folder, label, source } = exports.finished(exported);
  return {
    folder: path.join(home, folder),
    label,
    base: source?.model ?? null,
    card: plainCard({
      name,
      base: source?.model ?? name,
      form: source?.adapter == null ? "model" : "merged",
      method: source?.method ?? "full",
      license: null,
      template: source?.template ?? null,
    }),
  };
}

/** What a run has trained. @throws AppError unsupported for a base model: that is somebody's already */
export function targetPushSource(id: string, target: TargetFolders, home: string): PushSource {
  const { label, modelFolder, adapterFolder, method, template } = target;
  if (id.startsWith("base:"))
    throw new AppError(
      "unsupported",
      `${label} has not been trained here. Push an export of it, or a run's result.`,
    );
  return {
    folder: path.resolve(home, adapterFolder ?? modelFolder),
    label,
    base: adapterFolder === null ? null : modelFolder,
    card: plainCard({
      name: label,
      base: modelFolder,
      form: adapterFolder === null ? "model" : "adapter",
      method,
      license: null,
      template,
    }),
  };
}
