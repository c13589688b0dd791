/** Between the text that stands in a field and the number that it means. Pure. */
import { textOf } from "@/server/contract/configuration-values";

/** "2,048" → 2048; "2.0e-4" → 0.0002; what is no number stays text. */
export function numberOrText(written: string): number | string {
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(written) ? written.replaceAll(",", "") : written;
  const value = Number(plain);
  return plain === "" || Number.isNaN(value) ? written : value;
}

/** "768*768" → 589824, as LLaMA Board takes it; "589,824" → 589824. */
export function productOrText(written: string): number | string {
  const factors = written.split(/[*×]/).map((factor) => numberOrText(factor.trim()));
  return factors.every((factor) => typeof factor === "number")
    ? factors.reduce((product, factor) => product * factor, 1)
    : written;
}

/** "5 %" → 0.05; "0.05" → 0.05; "200" → 200 rows. */
export function parseShare(written: string): number | string {
  const percent = /^\s*([\d.]+)\s*%\s*$/.exec(written);
  if (percent) return Number((Number(percent[1]) / 100).toPrecision(12));
  return written.trim() === "" ? 0 : numberOrText(written.trim());
}

/** 0.05 → "5 %"; 200 → "200". */
export function shareText(value: unknown): string {
  const share = Number(value);
  if (Number.isNaN(share)) return textOf(value);
  return share > 0 && share < 1 ? `${Number((share * 100).toPrecision(6))} %` : String(share);
}

/** 0.0002 → "2.0e-4", with as many digits as it takes. */
export function rateText(value: number): string {
  if (value === 0 || Math.abs(value) >= 0.1 || Number.isNaN(value)) return String(value);
  const exact = value.toExponential();
  return /\./.test(exact) ? exact : exact.replace("e", ".0e");
}
