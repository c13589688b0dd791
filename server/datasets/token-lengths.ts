/**
 * How long a dataset's rows are in tokens: measured by the preview program, in a sample spread over the file or in all
 * rows, with the picture growing while it works. It knows no tokenizer itself.
 */
import type { DatasetEntry } from "@/server/contract/dataset-info";
import type { Encoding, Lengths } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import type { PreviewProcess } from "./preview-process";
import type { RowFiles } from "./row-files";

/** Rows that the sample has; its share of cut rows is then right within two in a hundred. */
const SAMPLE_ROWS = 2000;
const PAGE = 50;
const BINS = 40;
const QUANTILES = 500;

export interface LengthTask {
  found(): Lengths;
  cancel(): void;
}

export interface LengthRequest {
  readonly name: string;
  readonly entry: DatasetEntry;
  readonly encoding: Encoding;
  readonly all: boolean;
}

/** Starts measuring. */
export function measureLengths(files: RowFiles, preview: PreviewProcess, request: LengthRequest): LengthTask {
  const lengths: number[] = [];
  let state: Lengths["state"] = "running";
  let measured = 0;
  let wanted = 0;
  let problem: string | null = null;
  let cancelled = false;

  async function run(): Promise<void> {
    await files.counted();
    const pages = pagesToRead(files.rows, request.all);
    wanted = pages.reduce((sum, [, count]) => sum + count, 0);
    for (const [offset, count] of pages) {
      if (cancelled) return;
      const rows = await files.read(offset, count);
      const { name, entry, encoding } = request;
      const values = rows.flatMap((row) => (row.problem === undefined ? [row.value] : []));
      const reply = await preview.ask({ kind: "lengths", name, entry, encoding, offset, rows: values });
      for (const length of reply.lengths ?? []) if (length !== null) lengths.push(length);
      problem ??= reply.problem ?? null;
      measured += count;
    }
    state = "done";
  }

  void run().catch((error: unknown) => {
    state = "failed";
    problem = error instanceof AppError ? error.message : "The rows could not be measured.";
  });
  return {
    found: () => ({
      state,
      measured,
      wanted,
      rows: files.rows,
      problem,
      unusable: measured - lengths.length,
      ...shapeOf(lengths),
    }),
    cancel: () => (cancelled = true),
  };
}

/** All pages, or some of them: near and far ones in turn, so that the first results stand for the whole file. */
function pagesToRead(rows: number, all: boolean): [offset: number, count: number][] {
  const count = Math.ceil(rows / PAGE);
  const used = all ? count : Math.min(count, SAMPLE_ROWS / PAGE);
  const spread = Array.from({ length: used }, (_, i) => Math.floor((i * count) / used));
  // A step that shares no divisor with the count visits every page once, far apart.
  const step = coprimeStep(used);
  return spread.map((_, i) => {
    const offset = spread[(i * step) % used]! * PAGE;
    return [offset, Math.min(PAGE, rows - offset)];
  });
}

function coprimeStep(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.max(1, Math.round(count * 0.382));
  while (divisor(step, count) !== 1 && count > 1) step++;
  return step;
}

/** Histogram, median and quantiles of some lengths. */
export function shapeOf(
  lengths: readonly number[],
): Pick<Lengths, "bin" | "counts" | "median" | "longest" | "quantiles"> {
  const sorted = Float64Array.from(lengths).sort();
  const last = sorted.length - 1;
  const longest = sorted[last] ?? 0;
  const bin = niceBin(longest / BINS);
  const counts = new Array<number>(longest === 0 ? 0 : Math.floor(longest / bin) + 1).fill(0);
  for (const length of sorted) counts[Math.floor(length / bin)]!++;
  const points = Math.min(QUANTILES, last);
  const quantiles =
    points < 1
      ? [...sorted]
      : Array.from({ length: points + 1 }, (_, i) => sorted[Math.round((i * last) / points)]!);
  return { bin, counts, median: sorted[Math.floor(last / 2)] ?? 0, longest, quantiles };
}

/** 1, 2, 4, 8, 16, 32, 64 … tokens a bar: powers of two, as cutoffs are. */
function niceBin(width: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, width))));
}
