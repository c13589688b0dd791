/**
 * What a run's list entry needs to know of its trainer_log.jsonl, kept up to date line by line: last step, losses, best
 * evaluation, rate of the present session. It does not know files: lines come in, a digest comes out.
 */
import type { MetricPoint } from "@/server/contract/run";
import { parsePythonJson } from "./python-json";

/** Points per sparkline. */
const SPARKLINE = 60;
/** From here on the trainer's own clock of whole seconds is exact enough to take a pace from. */
const CLOCK_SECONDS = 20;
/** Live points closer than this say nothing about a pace. */
const LIVE_MS = 200;

/** A line of trainer_log.jsonl, or null where it is none (half a line left by a crash, a foreign line). */
export function parseMetricLine(line: string): MetricPoint | null {
  if (!line.startsWith("{")) return null;
  try {
    const parsed = parsePythonJson(line);
    return isPlainPoint(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const NUMBERS = ["lr", "epoch", "percentage", "throughput", "total_tokens"] as const;
const NUMBERS_OR_NULL = ["loss", "eval_loss", "grad_norm"] as const;
const TEXTS = ["elapsed_time", "remaining_time"] as const;

/** The contract's `metricPointSchema` by hand: a long run has a hundred thousand lines, and the schema takes half of the time. */
function isPlainPoint(value: unknown): value is MetricPoint {
  if (typeof value !== "object" || value === null) return false;
  const point = value as Record<string, unknown>;
  return (
    typeof point.current_steps === "number" &&
    typeof point.total_steps === "number" &&
    NUMBERS.every((name) => point[name] === undefined || typeof point[name] === "number") &&
    NUMBERS_OR_NULL.every((name) => point[name] == null || typeof point[name] === "number") &&
    TEXTS.every((name) => point[name] === undefined || typeof point[name] === "string")
  );
}

/** Lines of a piece of the file as points, in order. */
export function parseMetricLines(text: string): MetricPoint[] {
  return text
    .split("\n")
    .map(parseMetricLine)
    .filter((point) => point !== null);
}

/** "0:01:07" or "1 day, 2:03:04" (Python's timedelta) as seconds; null where it is neither. */
export function elapsedSeconds(text: string | undefined): number | null {
  const match = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)$/.exec(text ?? "");
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}

interface SessionPoint {
  step: number;
  elapsed: number | null;
  tokens: number | null;
  /** Milliseconds of a clock that never jumps at which a live follower saw the line; null for lines that were there before. */
  seen: number | null;
}

/** What the pace of the present session is taken from. */
interface Session {
  first: SessionPoint;
  last: SessionPoint;
  /** The first point that a live follower saw. */
  firstLive: SessionPoint | null;
}

export class MetricsDigest {
  step = 0;
  totalSteps = 0;
  epoch: number | null = null;
  loss: number | null = null;
  evalLoss: number | null = null;
  bestEvalLoss: number | null = null;
  bestStep: number | null = null;
  learningRate: number | null = null;
  throughput: number | null = null;
  /** Whether the last line is the summary that ends a training (neither loss nor eval_loss). */
  endsWithSummary = false;
  readonly evalLossByStep = new Map<number, number>();
  private losses: { step: number; loss: number }[] = [];
  private session: Session | null = null;
  private earlierSeconds = 0;

  /** Takes one more line. `seen`: milliseconds of a monotonic clock, where the line has just been written. */
  add(point: MetricPoint, seen: number | null = null): void {
    const elapsed = elapsedSeconds(point.elapsed_time);
    const previous = this.session?.last;
    // A resume starts the trainer's clock again, or goes back to its checkpoint's step: another session.
    if (previous && (point.current_steps < previous.step || (elapsed ?? 0) < (previous.elapsed ?? 0)))
      this.newSession();

    this.step = point.current_steps;
    this.totalSteps = point.total_steps;
    this.epoch = point.epoch ?? this.epoch;
    this.learningRate = point.lr ?? this.learningRate;
    this.throughput = point.throughput ?? this.throughput;
    if (typeof point.loss === "number") {
      this.loss = point.loss;
      // Steps done again after a resume replace those of the earlier session.
      while (this.losses.length > 0 && this.losses.at(-1)!.step >= point.current_steps) this.losses.pop();
      this.losses.push({ step: point.current_steps, loss: point.loss });
    }
    if (typeof point.eval_loss === "number") {
      this.evalLoss = point.eval_loss;
      this.evalLossByStep.set(point.current_steps, point.eval_loss);
      if (this.bestEvalLoss === null || point.eval_loss < this.bestEvalLoss) {
        this.bestEvalLoss = point.eval_loss;
        this.bestStep = point.current_steps;
      }
    }
    this.endsWithSummary = !("loss" in point) && !("eval_loss" in point) && !("predict_loss" in point);
    const last = { step: point.current_steps, elapsed, tokens: point.total_tokens ?? null, seen };
    this.session = {
      first: this.session?.first ?? last,
      last,
      firstLive: this.session?.firstLive ?? (seen === null ? null : last),
    };
  }

  /** Forgets the pace: what comes next is another start of the training program. */
  newSession(): void {
    this.earlierSeconds += this.session?.last.elapsed ?? 0;
    this.session = null;
  }

  /** Seconds of training in all sessions up to the last line. */
  get elapsedSeconds(): number | null {
    const last = this.session?.last.elapsed ?? null;
    return last === null && this.earlierSeconds === 0 ? null : this.earlierSeconds + (last ?? 0);
  }

  /** Seconds to come by the pace of this session, so that a resume does not spoil it; null while it has none. */
  get remainingSeconds(): number | null {
    const pace = this.secondsPerStep;
    return pace === null ? null : Math.max(0, this.totalSteps - this.step) * pace;
  }

  /**
   * Seconds that a step takes in this session, validations and saves included, without what came before its first
   * logged step (compiling, reading data). By the trainer's own clock where that has run for a while, else by a live
   * follower's.
   */
  get secondsPerStep(): number | null {
    if (!this.session) return null;
    const { first, last, firstLive } = this.session;
    const own = last.elapsed !== null && first.elapsed !== null ? last.elapsed - first.elapsed : null;
    if (own !== null && own >= CLOCK_SECONDS && last.step > first.step) return own / (last.step - first.step);
    if (
      firstLive &&
      last.seen !== null &&
      last.step > firstLive.step &&
      last.seen - firstLive.seen! > LIVE_MS
    )
      return (last.seen - firstLive.seen!) / 1000 / (last.step - firstLive.step);
    if (own !== null && own > 0 && last.step > first.step) return own / (last.step - first.step);
    return last.elapsed !== null && last.step > 0 && this.earlierSeconds === 0
      ? last.elapsed / last.step
      : null;
  }

  /** Tokens a second in this session; the trainer's own figure counts the tokens of earlier sessions too. */
  get tokensPerSecond(): number | null {
    const first = this.session?.first;
    const last = this.session?.last;
    if (
      this.earlierSeconds > 0 &&
      first &&
      last &&
      first.tokens !== null &&
      last.tokens !== null &&
      last.elapsed !== null
    ) {
      const seconds = last.elapsed - (first.elapsed ?? 0);
      if (seconds > 0) return (last.tokens - first.tokens) / seconds;
    }
    return this.throughput;
  }

  /** At most 60 training losses over the whole run, each the mean of its share, as exact as a line of a word's size shows. */
  get sparkline(): number[] {
    const { losses } = this;
    if (losses.length <= SPARKLINE) return losses.map((entry) => inShort(entry.loss));
    return Array.from({ length: SPARKLINE }, (_, i) => {
      const share = losses.slice(
        Math.floor((i * losses.length) / SPARKLINE),
        Math.floor(((i + 1) * losses.length) / SPARKLINE),
      );
      return inShort(share.reduce((sum, entry) => sum + entry.loss, 0) / share.length);
    });
  }
}

/** Four digits: sixty whole doubles a run would be half of the list's bytes. */
function inShort(value: number): number {
  return Number(value.toPrecision(4));
}
