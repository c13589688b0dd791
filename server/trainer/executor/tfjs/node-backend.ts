/**
 * Loads the optional native TensorFlow.js backends (tfjs-node-gpu, tfjs-node) where they are installed and their
 * libraries are there. It does not install them.
 */
import { createRequire } from "node:module";
import util from "node:util";

const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/** The TensorFlow.js backend name that these packages register. */
export const NODE_BACKEND = "tensorflow";

export interface NodeBackend {
  readonly package: (typeof PACKAGES)[number];
  /** Whether TensorFlow found a GPU. */
  readonly gpu: boolean;
}

/** Loads the first package that works; null with the reasons in `problems` where none does. */
export function loadNodeBackend(problems: string[] = []): NodeBackend | null {
  const require = createRequire(import.meta.url);
  restoreRemovedUtil();
  for (const name of PACKAGES) {
    try {
      const loaded = require(name) as { node?: { isGPUPackage?: boolean } };
      return { package: name, gpu: loaded.node?.isGPUPackage === true };
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  return null;
}

/** tfjs-node 4.22 calls util.isNullOrUndefined and util.isArray, which Node 23 removed (tensorflow/tfjs#8425). */
function restoreRemovedUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
  old["isArray"] ??= Array.isArray;
}
