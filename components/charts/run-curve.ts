/**
 * Turns the lines of trainer_log.jsonl into one curve: a row per training step with loss, rate, gradient norm and
 * speed, plus the validations. Steps that a resumed run logged again replace the earlier ones. Knows no drawing.
 */
import type { MetricPoint } from "@/server/contract/run";

/** What only some stages log, by the names that the charts give it; "rewards/…" and kl are LLaMA-Factory's. */
export const STAGE_SERIES = {
  reward: "reward",
  rewardAccuracy: "rewards/accuracies",
  rewardMargin: "rewards/margins",
  accuracy: "accuracy",
  kl: "kl",
} as const;
export type StageSeries = keyof typeof STAGE_SERIES;
export const STAGE_NAMES = Object.keys(STAGE_SERIES) as StageSeries[];

export interface CurveRow extends Readonly<Record<StageSeries, number | null>> {
  step: number;
  /** Seconds of training over all sessions. */
  seconds: number;
  /** Tokens seen; null where the run does not count them. */
  tokens: number | null;
  epoch: number | null;
  /** null for a line without a loss, and for a loss that is not a number. */
  loss: number | null;
  lr: number | null;
  gradNorm: number | null;
  tokensPerSecond: number | null;
  evalLoss: number | null;
}

export interface RunCurve {
  rows: readonly CurveRow[];
  totalSteps: number;
  /** The step whose training loss was not a number, where there is one. */
  brokenAt: number | null;
}

const curves = new WeakMap<readonly MetricPoint[], RunCurve>();

/** The curve of all points logged so far; rows in order of steps, one per step. Made once for each list of points. */
export function runCurve(points: readonly MetricPoint[]): RunCurve {
  const known = curves.get(points);
  if (known) return known;
  const curve = makeCurve(points);
  curves.set(points, curve);
  return curve;
}

function makeCurve(points: readonly MetricPoint[]): RunCurve {
  const rows: CurveRow[] = [];
  const clock = createClock();
  let brokenAt: number | null = null;
  for (const point of points) {
    if (isLoggedAgain(point, rows.at(-1))) dropFrom(rows, point.current_steps);
    if (brokenAt !== null && point.current_steps < brokenAt) brokenAt = null;
    if (isBroken(point)) brokenAt ??= point.current_steps;
    const row = rowOf(point, clock.read(point, rows.at(-1)?.tokens ?? 0));
    const last = rows.at(-1);
    if (last?.step === row.step) rows[rows.length - 1] = mergeRows(last, row);
    else rows.push(row);
  }
  return { rows, totalSteps: points.at(-1)?.total_steps ?? 0, brokenAt };
}

/** "1 day, 2:03:04" and "0:00:07" as seconds; null where it is neither. */
export function parseElapsed(text: string | undefined): number | null {
  const match = /^(?:(\d+) days?, )?(\d+):(\d{2}):(\d{2})$/.exec(text ?? "");
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!;
}

/** A resumed run trains steps again that were logged before it stopped. */
function isLoggedAgain(point: MetricPoint, last: CurveRow | undefined): boolean {
  if (!last || point.current_steps > last.step) return false;
  return point.current_steps < last.step || (typeof point.loss === "number" && last.loss !== null);
}

/** A training line whose loss key is there but holds no finite number. */
function isBroken(point: MetricPoint): boolean {
  return "loss" in point && point.loss !== undefined && !Number.isFinite(point.loss);
}

function rowOf(point: MetricPoint, time: { seconds: number; rate: number | null }): CurveRow {
  return {
    step: point.current_steps,
    seconds: time.seconds,
    tokens: point.total_tokens ?? null,
    epoch: point.epoch ?? null,
    loss: finite(point.loss),
    lr: finite(point.lr),
    gradNorm: finite(point.grad_norm),
    tokensPerSecond: finite(point.loss) === null ? null : time.rate,
    evalLoss: finite(point.eval_loss),
    ...stageValues((name) => finite(point[STAGE_SERIES[name]] as number | null | undefined)),
  };
}

/** One value for each series that only some stages log. Written out: it is made for every line of a long run. */
export function stageValues(
  valueOf: (name: StageSeries) => number | null,
): Record<StageSeries, number | null> {
  return {
    reward: valueOf("reward"),
    rewardAccuracy: valueOf("rewardAccuracy"),
    rewardMargin: valueOf("rewardMargin"),
    accuracy: valueOf("accuracy"),
    kl: valueOf("kl"),
  };
}

function finite(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A step may have a training line, a validation line and the closing line; each adds what it knows. */
function mergeRows(first: CurveRow, second: CurveRow): CurveRow {
  return {
    ...first,
    epoch: first.epoch ?? second.epoch,
    tokens: first.tokens ?? second.tokens,
    loss: first.loss ?? second.loss,
    lr: first.lr ?? second.lr,
    gradNorm: first.gradNorm ?? second.gradNorm,
    tokensPerSecond: first.tokensPerSecond ?? second.tokensPerSecond,
    evalLoss: second.evalLoss ?? first.evalLoss,
    ...stageValues((name) => first[name] ?? second[name]),
  };
}

function dropFrom(rows: CurveRow[], step: number) {
  while (rows.length > 0 && rows.at(-1)!.step >= step) rows.pop();
}

/** The speed is taken over at least this long: intervals of some milliseconds would show the clock's own jitter. */
const SPEED_WINDOW_SECONDS = 1;

interface Moment {
  seconds: number;
  tokens: number;
}

/**
 * Reads time and speed of each line. `throughput` is tokens over seconds since the session's start, so tokens ÷
 * throughput gives the time finer than `elapsed_time`'s whole seconds, and differences give the speed as it was.
 */
function createClock() {
  let offset = 0;
  let session: Moment[] = [{ seconds: 0, tokens: 0 }];
  let windowStart = 0;

  function speedUpTo(now: Moment): number | null {
    while (
      windowStart + 1 < session.length &&
      now.seconds - session[windowStart + 1]!.seconds >= SPEED_WINDOW_SECONDS
    ) {
      windowStart += 1;
    }
    const before = session[windowStart]!;
    const seconds = now.seconds - before.seconds;
    return seconds > 0 && now.tokens > before.tokens ? (now.tokens - before.tokens) / seconds : null;
  }

  /** The fine time where it agrees with the whole seconds. After a resume LLaMA-Factory counts earlier tokens, we do not. */
  function fineSeconds(
    { throughput, total_tokens: tokens }: MetricPoint,
    whole: number | null,
  ): number | null {
    if (!throughput || !tokens) return null;
    const candidates = [(tokens - session[0]!.tokens) / throughput, tokens / throughput];
    return candidates.find((exact) => whole === null || Math.abs(exact - whole) <= 1.5) ?? null;
  }

  return {
    /** `tokensBefore` is what was seen up to the line before, which after a resume is not the last one read. */
    read(point: MetricPoint, tokensBefore: number): { seconds: number; rate: number | null } {
      const whole = parseElapsed(point.elapsed_time);
      const last = session.at(-1)!;
      // The whole-second clock may lag behind the fine one by part of a second; a new session falls back by more.
      if ((whole ?? last.seconds) < last.seconds - 1.5) {
        offset += last.seconds;
        session = [{ seconds: 0, tokens: tokensBefore }];
        windowStart = 0;
      }
      const fine = fineSeconds(point, whole);
      const now = {
        seconds: Math.max(fine ?? whole ?? 0, session.at(-1)!.seconds),
        tokens: point.total_tokens ?? session.at(-1)!.tokens,
      };
      const rate = fine === null ? null : speedUpTo(now);
      // A line that counts no tokens (a validation) would put those of the lines before it at its own later time.
      if (
        point.total_tokens !== undefined ||
        session.length === 1 ||
        session.at(-1)!.tokens === session[0]!.tokens
      )
        session.push(now);
      return { seconds: offset + now.seconds, rate: rate ?? point.throughput ?? null };
    },
  };
}
