/**
 * `lr_scheduler_kwargs`, read by name and checked: a value of the wrong kind or a name that nobody asked for is an
 * error. It does not know the schedules.
 */
import { AppError } from "../../contract/errors";

/** The shapes of warmup_stable_decay's two slopes. */
export type Curve = "linear" | "cosine" | "1-sqrt";

/** The options of one schedule. */
export class ScheduleOptions {
  private readonly known = new Set<string>();

  constructor(
    private readonly type: string,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  optionalNumber(name: string): number | undefined {
    this.known.add(name);
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
    throw this.error(name, "a number");
  }

  number(name: string, fallback: number): number {
    return this.optionalNumber(name) ?? fallback;
  }

  choice(name: string, fallback: Curve): Curve {
    this.known.add(name);
    const value = this.values[name] ?? fallback;
    if (value === "linear" || value === "cosine" || value === "1-sqrt") return value;
    throw this.error(name, "linear, cosine or 1-sqrt");
  }

  rejectUnknown(): void {
    const name = Object.keys(this.values).find((key) => !this.known.has(key));
    if (name === undefined) return;
    const known = [...this.known].join(", ") || "none";
    throw new AppError(
      "invalid_config",
      `lr_scheduler_kwargs: ${this.type} has no option "${name}" (it has: ${known}). Remove it.`,
    );
  }

  private error(name: string, expected: string): AppError {
    return new AppError(
      "invalid_config",
      `lr_scheduler_kwargs: ${name} is ${JSON.stringify(this.values[name])}; it must be ${expected}.`,
    );
  }
}
