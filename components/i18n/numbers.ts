/**
 * Numbers as people read them, in one place: 2.0e-4 for rates, 3.41 for losses, 12 min for time, 1.3 GB for sizes.
 * The exact value belongs into a tooltip (`exact`).
 */
import { LANGUAGE_TAG, type Locale } from "./locale";
import { NUMBER_WORDS } from "./number-words";

/** 1234567 → "1,234,567". */
export function formatCount(value: number, locale: Locale = "en"): string {
  return Math.round(value).toLocaleString(LANGUAGE_TAG[locale]);
}

/** A learning rate: 0.0002 → "2.0e-4"; from 0.1 on as a plain number. */
export function formatRate(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.1) return String(Number(value.toPrecision(3)));
  return value.toExponential(1);
}

/** A loss or a norm: 3.4123 → "3.41"; small ones keep two significant digits: 0.00312 → "0.0031". */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && Math.abs(value) < 0.1) return String(Number(value.toPrecision(2)));
  return value.toFixed(2);
}

/** Seconds → "40 s", "12 min", "1 h 50 min", "2 d 3 h". */
export function formatDuration(seconds: number, locale: Locale = "en"): string {
  const words = NUMBER_WORDS[locale];
  if (seconds < 59.5) return `${Math.max(0, Math.round(seconds))}${words.second}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${words.minute}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return minutes % 60 === 0
      ? `${hours}${words.hour}`
      : `${hours}${words.hour} ${minutes % 60}${words.minuteAfterHour}`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days}${words.day}` : `${days}${words.day} ${hours % 24}${words.hour}`;
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes in powers of ten, as disks are sold: 988_000_000 → "988 MB", 1_310_000_000 → "1.3 GB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 ? 0 : value < 9.95 || (unit >= 3 && value < 99.95) ? 1 : 0;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

/** Bytes in gigabytes without the unit, for "5.1 of 24 GB". */
export function formatGigabytes(bytes: number): string {
  const value = bytes / 1e9;
  return value < 9.95 ? value.toFixed(1) : value.toFixed(0);
}

/** Parameters: 494_000_000 → "494 M"; in Chinese by 万 and 亿: "4.94 亿". */
export function formatParameters(count: number, locale: Locale = "en"): string {
  const step = NUMBER_WORDS[locale].counts.find(({ from }) => count >= from);
  return step ? `${significant(count / step.unit)} ${step.word}` : formatCount(count, locale);
}

/** A share between 0 and 1: 0.05 → "5 %". */
export function formatPercent(share: number): string {
  return `${Number((share * 100).toPrecision(share < 0.0995 ? 2 : 3))} %`;
}

/** A moment: "today 14:50", "yesterday 09:12", "20 Nov"; with the year where it is another one. */
export function formatWhen(iso: string, locale: Locale = "en", now: Date = new Date()): string {
  const date = new Date(iso);
  const time = formatClock(date, locale);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days === 0) return `${NUMBER_WORDS[locale].today} ${time}`;
  if (days === 1) return `${NUMBER_WORDS[locale].yesterday} ${time}`;
  const { thisYear, otherYear } = datesOf(locale);
  return (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date);
}

/** The clock time of a moment: "16:41". */
export function formatClock(date: Date, locale: Locale = "en"): string {
  return datesOf(locale).clock.format(date);
}

interface DateFormats {
  clock: Intl.DateTimeFormat;
  thisYear: Intl.DateTimeFormat;
  otherYear: Intl.DateTimeFormat;
}

/** Making a format takes a millisecond, which a list of runs has for a whole row: each language's are made once. */
const DATES = new Map<Locale, DateFormats>();

function datesOf(locale: Locale): DateFormats {
  const known = DATES.get(locale);
  if (known) return known;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LANGUAGE_TAG[locale], options);
  const made = {
    clock: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    thisYear: format({ day: "numeric", month: "short" }),
    otherYear: format({ day: "numeric", month: "short", year: "numeric" }),
  };
  DATES.set(locale, made);
  return made;
}

function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
