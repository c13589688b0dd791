/** Bytes a second over the last seconds: what came long ago says nothing of now. */
const WINDOW_MS = 8_000;

export class TransferRate {
  private marks: { at: number; bytes: number }[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Tells that `bytes` more have come. */
  add(bytes: number): void {
    const at = this.now();
    const last = this.marks.at(-1);
    // Marks a tenth of a second apart are enough.
    if (last && at - last.at < 100) last.bytes += bytes;
    else this.marks.push({ at, bytes });
    this.forget(at);
  }

  /** null until there is something to go by. */
  perSecond(): number | null {
    const at = this.now();
    this.forget(at);
    const first = this.marks[0];
    if (!first || at - first.at < 300) return null;
    const bytes = this.marks.reduce((sum, mark) => sum + mark.bytes, 0);
    return bytes / ((at - first.at) / 1000);
  }

  reset(): void {
    this.marks = [];
  }

  private forget(at: number): void {
    this.marks = this.marks.filter((mark) => at - mark.at <= WINDOW_MS);
  }
}
