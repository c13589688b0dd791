/**
 * What the console keeps among its settings in the database, as the rooms that use it want to read and write it: read
 * once at the start, written through. It does not know what they are used for.
 */
import type { UpdateSettings } from "@/server/contract/api";
import { hubNameSchema } from "@/server/contract/hub";
import type { DataLimits } from "@/server/datasets/uploads";
import type { InspectionStore } from "@/server/engines/llamafactory";
import { parsedInspection } from "@/server/engines/llamafactory-program";
import type { HubStore } from "@/server/hub/hub";
import type { SettingTable } from "@/server/store/database";

const HUB = "hub";
const HF_ENDPOINT = "hf_endpoint";
const UPLOAD_LIMIT = "upload_limit_bytes";
const DISK_FLOOR = "disk_floor_bytes";
const LLAMAFACTORY_SEEN = "llamafactory_seen";

/** What was last seen of LLaMA-Factory, kept among the settings: looking takes Python a quarter of a minute. */
export async function inspectionStore(settings: SettingTable): Promise<InspectionStore> {
  let kept = parsedInspection(await settings.get(LLAMAFACTORY_SEEN));
  return {
    read: () => kept,
    write(inspection) {
      kept = inspection;
      settings
        .set(LLAMAFACTORY_SEEN, JSON.stringify(inspection))
        .catch((error: unknown) => console.error("What was seen of LLaMA-Factory could not be kept:", error));
    },
  };
}

/** How large files may be and how much of the disk stays free, kept among the settings. */
export async function keptDataLimits(settings: SettingTable) {
  const read = async (key: string, fallback: number) => Number((await settings.get(key)) ?? fallback);
  const current: DataLimits = {
    uploadBytes: await read(UPLOAD_LIMIT, 20e9),
    diskFloorBytes: await read(DISK_FLOOR, 2e9),
  };
  return {
    current,
    async set(change: UpdateSettings) {
      const { upload_limit_bytes: upload, disk_floor_bytes: floor } = change;
      if (upload !== undefined) await settings.set(UPLOAD_LIMIT, String((current.uploadBytes = upload)));
      if (floor !== undefined) await settings.set(DISK_FLOOR, String((current.diskFloorBytes = floor)));
    },
  };
}

/** The choice of hub and the mirror's address. */
export async function hubStore(settings: SettingTable): Promise<HubStore> {
  let hub = hubNameSchema.catch("huggingface").parse(await settings.get(HUB));
  let endpoint = await settings.get(HF_ENDPOINT);
  return {
    read: () => ({ hub, hf_endpoint: endpoint }),
    async write(change) {
      if (change.hub !== undefined) await settings.set(HUB, (hub = change.hub));
      if (change.hf_endpoint !== undefined) await settings.set(HF_ENDPOINT, (endpoint = change.hf_endpoint));
    },
  };
}
