/** A cache with a budget: it keeps the entries used last and disposes of the others. */

interface Entry<T> {
  readonly value: Promise<T>;
  readonly cost: number;
}

export class RecentlyUsed<T> {
  private readonly entries = new Map<string, Entry<T>>();

  /** @param budget what the costs of all entries may add up to; the entry used last stays whatever it costs */
  constructor(
    private readonly budget: number,
    private readonly dispose: (value: T) => void,
  ) {}

  /** The entry of `key`, made where it is not there; what was used longest ago goes when the budget is spent. */
  async get(key: string, make: () => Promise<T>, cost = 1): Promise<T> {
    const entry = this.entries.get(key) ?? { value: make(), cost };
    // A Map keeps insertion order: the first key is the one used longest ago.
    this.entries.delete(key);
    this.entries.set(key, entry);
    while (this.entries.size > 1 && this.spent() > this.budget)
      await this.drop(this.entries.keys().next().value!);
    try {
      return await entry.value;
    } catch (error) {
      this.entries.delete(key);
      throw error;
    }
  }

  async clear(): Promise<void> {
    for (const key of [...this.entries.keys()]) await this.drop(key);
  }

  private spent(): number {
    let cost = 0;
    for (const entry of this.entries.values()) cost += entry.cost;
    return cost;
  }

  private async drop(key: string): Promise<void> {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    if (entry) this.dispose(await entry.value);
  }
}
