/**
 * The quantised tensors of a model folder, one at a time: read from the file that an earlier run left, or rounded from
 * the model's own weights and left for the next one. The float32 model is never held whole.
 */
import type { ModelFolder } from "../checkpoint/model-folder";
import {
  bytesOf,
  createQuantizedFile,
  openQuantizedFile,
  quantizedPath,
  type QuantizedWriter,
} from "./quantized-cache";
import { quantize, quantizedSpecs, type QuantizedForm, type QuantizedTensor } from "./quantized-tensor";
import { scaleName } from "./weight-names";

/** Less than this is rounded before a file is found. */
const WORTH_BYTES = 16 << 20;

export interface QuantizedSource {
  /** Names come in the order of the forms. */
  read(name: string): Promise<QuantizedTensor>;
  /** All are read: what was rounded is kept. */
  finish(): Promise<void>;
  /** Frees what is open; without `finish` nothing new is kept. */
  close(): Promise<void>;
}

export interface QuantizedSourceOptions {
  readonly forms: ReadonlyMap<string, QuantizedForm>;
  /** Largest magnitude of 8-bit values. */
  readonly limit: number;
  /** Folder for such files; null: nothing is read or kept. */
  readonly cacheFolder: string | null;
  readonly onNotice: (text: string) => void;
}

export async function openQuantizedSource(
  folder: ModelFolder,
  { forms, limit, cacheFolder, onNotice }: QuantizedSourceOptions,
): Promise<QuantizedSource> {
  const specs = new Map(
    [...forms].flatMap(([name, form]) => {
      const { weight, scale } = quantizedSpecs(form);
      return [[name, weight] as const, [scaleName(name), scale] as const];
    }),
  );
  const caches = cacheFolder !== null && bytesOf(specs) >= WORTH_BYTES;
  const file = caches ? await quantizedPath(cacheFolder, folder.path, [[...forms], limit]) : null;
  const kept = file === null ? null : await openQuantizedFile(file, specs);
  if (kept) {
    onNotice(`Loading quantised weights from ${kept.path} (${megabytes(kept.bytes)})`);
    return {
      read: async (name) => ({ weight: await kept.read(name), scale: await kept.read(scaleName(name)) }),
      finish: () => Promise.resolve(),
      close: () => kept.close(),
    };
  }

  let writer: QuantizedWriter | null = null;
  /** A run needs no cache: whatever goes wrong with it, the run goes on. */
  const attempt = async (write: () => Promise<void>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      onNotice(`Quantised weights could not be kept for the next run: ${(error as Error).message}`);
      await writer?.abandon().catch(() => undefined);
      writer = null;
    }
  };
  if (file !== null) await attempt(async () => void (writer = await createQuantizedFile(file, specs)));
  return {
    async read(name) {
      const tensor = quantize(await folder.read(name), forms.get(name)!, limit);
      if (writer) {
        await attempt(async () => {
          await writer!.append(tensor.weight);
          await writer!.append(tensor.scale);
        });
      }
      return tensor;
    },
    async finish() {
      if (!writer) return;
      await attempt(async () => {
        const bytes = await writer!.finish();
        onNotice(`Quantised weights are kept for the next run in ${file} (${megabytes(bytes)})`);
      });
      writer = null;
    },
    async close() {
      await writer?.abandon().catch(() => undefined);
    },
  };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
