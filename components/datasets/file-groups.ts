/** Which of several files could be one dataset, and what it would be called. Pure. */
import { datasetNameFrom, isHeldBack, togetherKey, type Incoming } from "@/server/contract/datasets";

/** Files of the same columns together, in the order in which they came. */
export function groupFiles<File extends { readonly facts: Incoming }>(files: readonly File[]): File[][] {
  const groups = new Map<string, File[]>();
  for (const file of files) {
    const key = togetherKey(file.facts);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

/** Whether they are better kept apart: rows to measure with do not belong among those to train on. */
export function areBetterApart(files: readonly Incoming[]): boolean {
  return files.some(({ name }) => isHeldBack(name)) && !files.every(({ name }) => isHeldBack(name));
}

/** What one dataset of these files, at least one, is called: what their names begin with alike: "train-00000-of-00002", "train-00001-of-00002" → "train". */
export function sharedName(files: readonly Incoming[]): string {
  if (files.length === 1) return files[0]!.suggested_name;
  const [first = "", ...others] = files.map(({ name }) => name.replace(/\.[A-Za-z0-9]{1,8}$/, ""));
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  const shared = withoutNumbers(first.slice(0, length));
  if (shared.length > 1) return datasetNameFrom(`${shared}.x`);
  const { suggested_name } = files.find(({ name }) => !isHeldBack(name)) ?? files[0]!;
  return withoutNumbers(suggested_name) || suggested_name;
}

/** "train-00000-of-00002" → "train" */
function withoutNumbers(name: string): string {
  return name.replace(/[-_. ]*\d+[-_. ]of[-_. ]\d*$/, "").replace(/[-_. \d]+$/, "");
}

/** Names for datasets of one file each: the suggested ones, with a number where two are alike. */
export function namesApart(files: readonly Incoming[]): string[] {
  const names: string[] = [];
  for (const { suggested_name: name } of files) {
    let free = name;
    for (let i = 2; names.includes(free); i++) free = `${name}_${i}`;
    names.push(free);
  }
  return names;
}
