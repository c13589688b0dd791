/**
 * What a run's list entry needs to know of its trainer_log.jsonl, kept up to date line by line: last step, losses, best
 * evaluation, rate of the present session. It does not know files: lines come in, a digest comes out.
 */
import { metricPointSchema, type MetricPoint } from "@/server/contract/run";

/** Points per sparkline. */
const SPARKLINE = 60;
/** Seconds between live points that the rate is taken over. */
const RATE_WINDOW_MS = 30_000;

/** A line of trainer_log.jsonl, or null where it is none (half a line left by a crash, a foreign line). */
export function parseMetricLine(line: string): MetricPoint | null {
  if (!line.startsWith("{")) return null;
  try {
    // Python's json writes NaN and Infinity, which JSON does not have.
    const parsed: unknown = JSON.parse(line.replace(/: (NaN|-?Infinity)(?=[,}])/g, ": null"));
    const point = metricPointSchema.safeParse(parsed);
    return point.success ? point.data : null;
  } catch {
    return null;
  }
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
  /** Milliseconds at which a live follower saw the line; null for lines that were there before. */
  seen: number | null;
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
  private session: SessionPoint[] = [];
  private earlierSeconds = 0;

  /** Takes one more line. `seen` is the clock's milliseconds where the line has just been written. */
  add(point: MetricPoint, seen: number | null = null): void {
    const elapsed = elapsedSeconds(point.elapsed_time);
    const previous = this.session.at(-1);
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
    this.session.push({ step: point.current_steps, elapsed, tokens: point.total_tokens ?? null, seen });
  }

  /** Forgets the pace: what comes next is another start of the training program. */
  newSession(): void {
    this.earlierSeconds += this.session.at(-1)?.elapsed ?? 0;
    this.session = [];
  }

  /** Seconds of training in all sessions up to the last line. */
  get elapsedSeconds(): number | null {
    const last = this.session.at(-1)?.elapsed ?? null;
    return last === null && this.earlierSeconds === 0 ? null : this.earlierSeconds + (last ?? 0);
  }

  /** Seconds to come by the pace of this session, so that a resume does not spoil it; null while it has none. */
  get remainingSeconds(): number | null {
    const pace = this.secondsPerStep;
    return pace === null ? null : Math.max(0, this.totalSteps - this.step) * pace;
  }

  /** Seconds that a step takes in this session, by the clock of a live follower or else by the trainer's own. */
  get secondsPerStep(): number | null {
    const last = this.session.at(-1);
    if (!last) return null;
    const live = this.session.filter(
      (point) => point.seen !== null && last.seen !== null && last.seen - point.seen <= RATE_WINDOW_MS,
    );
    const firstLive = live[0];
    if (firstLive && last.step > firstLive.step && last.seen! - firstLive.seen! > 200) {
      return (last.seen! - firstLive.seen!) / 1000 / (last.step - firstLive.step);
    }
    const first = this.session.find((point) => point.elapsed !== null);
    if (first && last.elapsed !== null && last.step > first.step)
      return (last.elapsed - first.elapsed!) / (last.step - first.step);
    return last.elapsed !== null && last.step > 0 && this.earlierSeconds === 0
      ? last.elapsed / last.step
      : null;
  }

  /** Tokens a second in this session; the trainer's own figure counts the tokens of earlier sessions too. */
  get tokensPerSecond(): number | null {
    const first = this.session[0];
    const last = this.session.at(-1);
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

  /** At most 60 training losses over the whole run, each the mean of its share. */
  get sparkline(): number[] {
    const { losses } = this;
    if (losses.length <= SPARKLINE) return losses.map((entry) => entry.loss);
    return Array.from({ length: SPARKLINE }, (_, i) => {
      const share = losses.slice(
        Math.floor((i * losses.length) / SPARKLINE),
        Math.floor(((i + 1) * losses.length) / SPARKLINE),
      );
      return share.reduce((sum, entry) => sum + entry.loss, 0) / share.length;
    });
  }
}
