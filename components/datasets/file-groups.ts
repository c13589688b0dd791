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

/** What the names of several files begin with alike: "train-00000-of-00002", "train-00001-of-00002" → "train". */
export function sharedName(files: readonly Incoming[]): string {
  const [first, ...others] = files.map(({ name }) => name.replace(/\.[A-Za-z0-9]{1,8}$/, ""));
  if (first === undefined || others.length === 0) return files[0]?.suggested_name ?? "";
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  const name = first.slice(0, length).replace(/[-_. \d]+$/, "");
  return name.length < 2 ? files[0]!.suggested_name : datasetNameFrom(name);
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
