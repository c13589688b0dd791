"use client";
/** The parts of the form that a first visit does without (late-parts.ts). */
import { MethodSection } from "./method-section";
import { MoreSection } from "./more-section";
import { NumbersSection } from "./numbers-section";

export { ConfigTabs } from "./config-tabs";
export { EngineLine } from "./engine-line";
export { FindResults } from "./find-results";
export { MethodCards } from "./method-section";
export { TrainHead } from "./train-head";

/** Everything below model and data. */
export function WholeSections() {
  return (
    <>
      <MethodSection />
      <NumbersSection />
      <MoreSection />
    </>
  );
}
