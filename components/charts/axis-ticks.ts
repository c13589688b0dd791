/** Round tick values for an axis: 1, 2, 2.5 or 5 times a power of ten; decades on a logarithmic one. */

/** Ticks inside [low, high], about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  return high > low ? ticksEvery(niceStep((high - low) / count), low, high) : [low];
}

/** Whole-number ticks for steps and tokens. */
export function countTicks(low: number, high: number, count: number): number[] {
  const step = niceStep(Math.max(1, (high - low) / count));
  return ticksEvery(Number.isInteger(step) ? step : step * 2, low, high);
}

/** The multiples of `step` inside [low, high]. */
export function ticksEvery(step: number, low: number, high: number): number[] {
  const ticks: number[] = [];
  // The small share absorbs rounding, so that a bound that is itself a tick is not lost.
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** 1-2-5 values of each decade that touch [low, high]; low must be above 0. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const digit of [1, 2, 5]) {
      const value = Number((digit * 10 ** power).toPrecision(6));
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks;
}

const TIME_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];

/** Ticks at round seconds, minutes or hours. */
export function timeTicks(low: number, high: number, count: number): number[] {
  const wish = (high - low) / count;
  const step = TIME_STEPS.find((candidate) => candidate >= wish) ?? Math.ceil(wish / 86_400) * 86_400;
  return ticksEvery(step, low, high);
}

function niceStep(wish: number): number {
  const power = 10 ** Math.floor(Math.log10(wish));
  const digit = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= wish * (1 - 1e-9)) ?? 10;
  return digit * power;
}
