/** Numbers as people read them. */
import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatGigabytes,
  formatLoss,
  formatParameters,
  formatPercent,
  formatRate,
  formatWhen,
} from "@/components/i18n/numbers";

describe("number formats", () => {
  it.each([
    [2e-4, "2.0e-4"],
    [1.23e-5, "1.2e-5"],
    [0, "0"],
    [0.5, "0.5"],
  ])("writes the rate %s as %s", (value, text) => expect(formatRate(value)).toBe(text));

  it.each([
    [3.4123, "3.41"],
    [0.912, "0.91"],
    [0.00312, "0.0031"],
    [0, "0.00"],
    [Number.NaN, "NaN"],
  ])("writes the loss %s as %s", (value, text) => expect(formatLoss(value)).toBe(text));

  it.each([
    [0.2, "0 s", "0 秒"],
    [40, "40 s", "40 秒"],
    [59.7, "1 min", "1 分钟"],
    [720, "12 min", "12 分钟"],
    [6600, "1 h 50 min", "1 小时 50 分"],
    [7200, "2 h", "2 小时"],
    [190_800, "2 d 5 h", "2 天 5 小时"],
  ])("writes %s seconds as %s and %s", (seconds, en, zh) => {
    expect(formatDuration(seconds)).toBe(en);
    expect(formatDuration(seconds, "zh")).toBe(zh);
  });

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1500, "1.5 kB"],
    [988_000_000, "988 MB"],
    [999_700_000, "1.0 GB"],
    [1_310_000_000, "1.3 GB"],
    [212e9, "212 GB"],
  ])("writes %s bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("writes counts, parameters, shares and gigabytes", () => {
    expect(formatCount(32768)).toBe("32,768");
    expect(formatParameters(494_000_000)).toBe("494 M");
    expect(formatParameters(1_540_000_000)).toBe("1.54 B");
    expect(formatParameters(494_000_000, "zh")).toBe("4.94 亿");
    expect(formatParameters(494_000_000, "ru")).toBe("494 млн");
    expect(formatDuration(5400, "ko")).toBe("1시간 30분");
    expect(formatPercent(0.05)).toBe("5 %");
    expect(formatPercent(0.664)).toBe("66.4 %");
    expect(formatGigabytes(5.12e9)).toBe("5.1");
    expect(formatGigabytes(24e9)).toBe("24");
  });

  it("tells today, yesterday and days before", () => {
    const now = new Date(2026, 10, 24, 15, 0);
    const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).toISOString();
    expect(formatWhen(at(24, 9), "en", now)).toBe("today 09:05");
    expect(formatWhen(at(23, 23), "zh", now)).toBe("昨天 23:05");
    expect(formatWhen(at(20, 9), "en", now)).toBe("20 Nov");
    expect(formatWhen(new Date(2025, 1, 3).toISOString(), "en", now)).toBe("3 Feb 2025");
  });
});
