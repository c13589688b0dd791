/**
 * `memory-forecast <model folder> '<settings as JSON>'`: what the console foretells for the steps of `train-speed` with the
 * same settings, as one JSON line in megabytes, to be held against the peak that they reach.
 */
import { forecastMemory } from "@/server/contract/memory-forecast";
import { trainConfigSchema } from "@/server/contract/train-config";
import { readModelFolder } from "@/server/models/model-folder-facts";
import { modelShape } from "@/server/models/model-shape";

interface Settings {
  readonly rows?: number;
  readonly length?: number;
  readonly bits?: 8 | 4;
}

const [folder = "", given = "{}"] = process.argv.slice(2);
const { rows = 2, length = 256, bits } = JSON.parse(given) as Settings;
const shape = modelShape(await readModelFolder(folder));
if (!shape) throw new Error(`${folder} is no model that can be foretold.`);
const config = trainConfigSchema.parse({
  model_name_or_path: folder,
  per_device_train_batch_size: rows,
  cutoff_len: length,
  quantization_bit: bits ?? null,
});
const place = { engine: "embedded", device: "cpu", devices: 1, capacity_bytes: null } as const;
const { parts, device_bytes } = forecastMemory(config, shape, { tokensPerRow: length, place });
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
console.log(
  JSON.stringify({
    forecast_mb: megabytes(device_bytes),
    parts_mb: Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, megabytes(bytes)])),
  }),
);
