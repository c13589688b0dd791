/**
 * Rows of a .parquet file. Its footer says how many there are; a row group that is read on in is decoded once and kept
 * while its pages are asked for. It does not know what the rows mean.
 */
import { AppError } from "@/server/contract/errors";
import type { RowSource } from "./numbered-rows";

/** Groups larger than this are not kept: they are decoded page by page instead. */
const LARGEST_KEPT_BYTES = 256e6;

/** @throws AppError dataset_malformed where the file is not parquet or is cut short */
export async function openParquet(file: string): Promise<RowSource> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, toJson }, { compressors }] =
    await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new AppError(
        "dataset_malformed",
        `${file} cannot be read as parquet: ${(error as Error).message}.`,
        { cause: error },
      );
    }
  };
  return guarded(async () => {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const rows = Number(metadata.num_rows);
    const groups = groupsOf(metadata.row_groups);
    const seen = new Set<number>();
    let kept: { start: number; values: Promise<unknown[]> } | null = null;
    const decode = async (rowStart: number, rowEnd: number): Promise<unknown[]> =>
      (
        await parquetReadObjects({
          file: buffer,
          metadata,
          rowStart,
          rowEnd,
          compressors,
          useOffsetIndex: true,
        })
      ).map((row) => toJson(row));

    // The first look into a group decodes the page alone: whoever comes back reads on, and the whole group pays.
    async function readGroup(group: Group, from: number, to: number): Promise<unknown[]> {
      // A single row is a glance at the columns, and does not count.
      const isGlance = to - from === 1;
      const isFirstLook = isGlance || !seen.has(group.start);
      if (!isGlance) seen.add(group.start);
      if (isFirstLook || group.bytes > LARGEST_KEPT_BYTES) return decode(from, to);
      if (kept?.start !== group.start) kept = { start: group.start, values: decode(group.start, group.end) };
      return (await kept.values).slice(from - group.start, to - group.start);
    }

    return {
      path: file,
      rows,
      share: 1,
      until: () => Promise.resolve(),
      read: (offset, limit) =>
        guarded(async () => {
          const end = Math.min(offset + limit, rows);
          const values: unknown[] = [];
          for (const group of groups) {
            const [from, to] = [Math.max(offset, group.start), Math.min(end, group.end)];
            if (from < to) values.push(...(await readGroup(group, from, to)));
          }
          return values.map((value) => ({ value }));
        }),
      close: () => (kept = null),
    };
  });
}

interface Group {
  start: number;
  end: number;
  /** Uncompressed. */
  bytes: number;
}

function groupsOf(groups: readonly { num_rows: bigint; total_byte_size: bigint }[]): Group[] {
  let start = 0;
  return groups.map(({ num_rows, total_byte_size }) => {
    const group = { start, end: start + Number(num_rows), bytes: Number(total_byte_size) };
    start = group.end;
    return group;
  });
}
