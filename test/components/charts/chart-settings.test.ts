import { describe, expect, test } from "vitest";
import { readSettings, writeSettings } from "@/components/charts/use-chart-settings";

const read = (query: string) => readSettings((key) => new URLSearchParams(query).get(key));

describe("chart settings in the address", () => {
  test("come back as they were written", () => {
    for (const query of ["", "smooth=0.6&scale=log&x=tokens&zoom=120-360", "zoom=120-", "smooth=0"]) {
      const settings = read(query);
      const written = Object.entries(writeSettings(settings)).filter(([, value]) => value !== null) as [
        string,
        string,
      ][];
      expect(read(new URLSearchParams(written).toString())).toEqual(settings);
    }
  });

  test("what makes no sense counts as the default", () => {
    expect(read("smooth=7&scale=cubic&x=mood&zoom=here")).toEqual({
      weight: null,
      scale: "linear",
      axis: "step",
      zoom: null,
    });
  });
});
