/** Lets react-hook-form refuse what the shared schema refuses. Words for it are made where it is shown. */
import type { Resolver } from "react-hook-form";
import type { TrainForm } from "./form-defaults";
import { schemaFindings } from "./form-problems";

export const trainFormResolver: Resolver<TrainForm> = (values) => {
  const findings = schemaFindings(values);
  if (findings.length === 0) return { values, errors: {} };
  return {
    values: {},
    errors: Object.fromEntries(findings.map(({ field, finding }) => [field, { type: finding.key }])),
  };
};
