/** The words between numbers, by language: units of time, steps of large counts, days near today. */
import type { Locale } from "./locale";

export interface NumberWords {
  /** With the space that stands before them, where one does. */
  readonly second: string;
  readonly minute: string;
  readonly minuteAfterHour: string;
  readonly hour: string;
  readonly day: string;
  readonly today: string;
  readonly yesterday: string;
  /** Counts of parameters: from which size on, divided by what, and the word behind. Largest first. */
  readonly counts: readonly { from: number; unit: number; word: string }[];
}

const MILLIONS = (thousand: string, million: string, billion: string): NumberWords["counts"] => [
  { from: 1e9, unit: 1e9, word: billion },
  { from: 1e6, unit: 1e6, word: million },
  { from: 1e4, unit: 1e3, word: thousand },
];

/** East Asian languages count in ten thousands and their square. */
const MYRIADS = (myriad: string, square: string): NumberWords["counts"] => [
  { from: 1e8, unit: 1e8, word: square },
  { from: 1e4, unit: 1e4, word: myriad },
];

export const NUMBER_WORDS: Record<Locale, NumberWords> = {
  en: {
    second: " s",
    minute: " min",
    minuteAfterHour: " min",
    hour: " h",
    day: " d",
    today: "today",
    yesterday: "yesterday",
    counts: MILLIONS("k", "M", "B"),
  },
  zh: {
    second: " 秒",
    minute: " 分钟",
    minuteAfterHour: " 分",
    hour: " 小时",
    day: " 天",
    today: "今天",
    yesterday: "昨天",
    counts: MYRIADS("万", "亿"),
  },
  ru: {
    second: " с",
    minute: " мин",
    minuteAfterHour: " мин",
    hour: " ч",
    day: " дн.",
    today: "сегодня",
    yesterday: "вчера",
    counts: MILLIONS("тыс.", "млн", "млрд"),
  },
  ko: {
    second: "초",
    minute: "분",
    minuteAfterHour: "분",
    hour: "시간",
    day: "일",
    today: "오늘",
    yesterday: "어제",
    counts: MYRIADS("만", "억"),
  },
  ja: {
    second: " 秒",
    minute: " 分",
    minuteAfterHour: " 分",
    hour: " 時間",
    day: " 日",
    today: "今日",
    yesterday: "昨日",
    counts: MYRIADS("万", "億"),
  },
};
