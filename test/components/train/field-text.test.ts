/** The text in a field and the number that it means. */
import { describe, expect, it } from "vitest";
import { numberOrText, parseShare, rateText, shareText } from "@/components/train/field-text";

describe("numbers in fields", () => {
  it("reads thousands separators, exponents and percent", () => {
    expect(numberOrText("2,048")).toBe(2048);
    expect(numberOrText("2.0e-4")).toBe(0.0002);
    expect(numberOrText("1,2")).toBe("1,2");
    expect(parseShare("5 %")).toBe(0.05);
    expect(parseShare("200")).toBe(200);
    expect(parseShare("")).toBe(0);
  });

  it("writes rates and shares as people do, with every digit that they have", () => {
    expect(rateText(0.0002)).toBe("2.0e-4");
    expect(rateText(0.00012345)).toBe("1.2345e-4");
    expect(rateText(0.5)).toBe("0.5");
    expect(shareText(0.05)).toBe("5 %");
    expect(shareText(200)).toBe("200");
  });
});
