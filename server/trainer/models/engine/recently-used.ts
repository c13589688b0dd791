/** A cache that keeps the entries used last and disposes of the others. */

export class RecentlyUsed<T> {
  private readonly entries = new Map<string, Promise<T>>();

  constructor(
    private readonly capacity: number,
    private readonly dispose: (value: T) => void,
  ) {}

  /** The entry of `key`, made where it is not there; what was used longest ago goes when the cache is full. */
  async get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known) {
      // A Map keeps insertion order: the first key is the one used longest ago.
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const made = make();
    this.entries.set(key, made);
    while (this.entries.size > this.capacity) await this.drop(this.entries.keys().next().value!);
    try {
      return await made;
    } catch (error) {
      this.entries.delete(key);
      throw error;
    }
  }

  async clear(): Promise<void> {
    for (const key of [...this.entries.keys()]) await this.drop(key);
  }

  private async drop(key: string): Promise<void> {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    if (entry) this.dispose(await entry);
  }
}
