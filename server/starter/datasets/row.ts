/** Rows of the shipped datasets, in the two formats of LLaMA-Factory's dataset_info.json. */

/** Format `alpaca`. */
export interface AlpacaRow {
  readonly instruction: string;
  readonly input: string;
  readonly output: string;
}

/** Format `sharegpt` with its default column and tags. */
export interface SharegptRow {
  readonly conversations: readonly { readonly from: "human" | "gpt"; readonly value: string }[];
}

/** An alpaca row; `input` is empty unless the instruction works on something. */
export function alpacaRow(instruction: string, output: string, input = ""): AlpacaRow {
  return { instruction, input, output };
}

/** The first `count` rows that `write` makes whose prompt was not seen before. Throws where it runs dry. */
export function distinctRows<T>(
  count: number,
  promptOf: (row: T) => string,
  write: (index: number) => T,
): T[] {
  const rows = new Map<string, T>();
  for (let index = 0; rows.size < count; index++) {
    if (index > count * 50) throw new Error(`Only ${rows.size} of ${count} rows have prompts of their own.`);
    const row = write(index);
    const prompt = promptOf(row);
    if (!rows.has(prompt)) rows.set(prompt, row);
  }
  return [...rows.values()];
}
