/**
 * Turns the lines of trainer_log.jsonl into one curve: a row per training step with loss, rate, gradient norm and
 * speed, plus the validations. Steps that a resumed run logged again replace the earlier ones. Knows no drawing.
 */
import type { MetricPoint } from "@/server/contract/run";

export interface CurveRow {
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
    const previous = rows.at(-1);
    if (previous && point.current_steps < previous.step) dropFrom(rows, point.current_steps);
    if (brokenAt !== null && point.current_steps < brokenAt) brokenAt = null;
    if (isBroken(point)) brokenAt ??= point.current_steps;
    const row = rowOf(point, clock.read(point));
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
  };
}

function dropFrom(rows: CurveRow[], step: number) {
  while (rows.length > 0 && rows.at(-1)!.step >= step) rows.pop();
}

/** The speed is taken over at least this long: intervals of some milliseconds would show the clock's own jitter. */
const SPEED_WINDOW_SECONDS = 1;

/**
 * Reads time and speed of each line. `throughput` is tokens over seconds since the session's start, so tokens ÷
 * throughput gives the time finer than `elapsed_time`'s whole seconds, and differences give the speed as it was.
 */
function createClock() {
  let offset = 0;
  let session: { seconds: number; tokens: number }[] = [{ seconds: 0, tokens: 0 }];
  let windowStart = 0;

  function speedUpTo(now: { seconds: number; tokens: number }): number | null {
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

  return {
    read(point: MetricPoint): { seconds: number; rate: number | null } {
      const { throughput, total_tokens: tokens } = point;
      const whole = parseElapsed(point.elapsed_time);
      const exact = throughput && tokens ? tokens / throughput : null;
      // After a resume the tokens of earlier sessions are in the sum, so only trust it where both clocks agree.
      const fine = exact !== null && (whole === null || Math.abs(exact - whole) <= 1.5);
      const last = session.at(-1)!;
      const seconds = fine ? exact : (whole ?? last.seconds);
      // The whole-second clock may lag behind the fine one by part of a second; a new session falls back by more.
      if (seconds < last.seconds - 1.5) {
        offset += last.seconds;
        session = [{ seconds: 0, tokens: last.tokens }];
        windowStart = 0;
      }
      const now = { seconds: Math.max(seconds, session.at(-1)!.seconds), tokens: tokens ?? last.tokens };
      const rate = fine ? speedUpTo(now) : null;
      session.push(now);
      return { seconds: offset + now.seconds, rate: rate ?? throughput ?? null };
    },
  };
}
