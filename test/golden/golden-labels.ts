/** How the golden data writes labels down: runs that copy the ids, runs of other labels, or all of them. */

export interface LabelRuns {
  trained?: [number, number][];
  label_runs?: number[][];
  labels?: number[];
}

/** Labels of a row of `ids`. */
export function labelsOf(ids: readonly number[], runs: LabelRuns): number[] {
  if (runs.labels) return runs.labels;
  const labels = new Array<number>(ids.length).fill(-100);
  for (const [start, end] of runs.trained ?? []) for (let i = start; i < end; i++) labels[i] = ids[i]!;
  for (const [start, ...values] of runs.label_runs ?? [])
    values.forEach((label, i) => (labels[start! + i] = label));
  return labels;
}
