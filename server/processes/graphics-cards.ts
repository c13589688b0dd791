/** The NVIDIA graphics cards of this machine, asked of their driver's own program. It does not know who uses them. */
import { execFile } from "node:child_process";

export interface GraphicsCard {
  /** The number that CUDA_VISIBLE_DEVICES takes. */
  index: number;
  name: string;
}

/** A driver that hangs must not keep the queue from starting runs on the processor. */
const PATIENCE_MS = 5_000;

/** The cards by number; none where the program is missing or fails. */
export function findGraphicsCards(): Promise<GraphicsCard[]> {
  return new Promise((resolve) => {
    execFile(
      "nvidia-smi",
      ["--query-gpu=index,name", "--format=csv,noheader"],
      { timeout: PATIENCE_MS, windowsHide: true },
      (error, stdout) => resolve(error ? [] : parseCards(stdout)),
    );
  });
}

/** Lines such as "0, NVIDIA H100 80GB HBM3". */
export function parseCards(text: string): GraphicsCard[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*(\d+)\s*,\s*(.+?)\s*$/.exec(line);
    return found ? [{ index: Number(found[1]), name: found[2]! }] : [];
  });
}
