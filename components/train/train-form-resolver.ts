/** Lets react-hook-form refuse what the shared schema refuses. Words for it are made where it is shown. */
import type { Resolver } from "react-hook-form";
import type { TrainForm } from "./form-defaults";
import { formRules } from "./late-parts";

export const trainFormResolver: Resolver<TrainForm> = async (values) => {
  const { schemaFindings } = await formRules.load();
  const findings = schemaFindings(values);
  if (findings.length === 0) return { values, errors: {} };
  return {
    values: {},
    errors: Object.fromEntries(findings.map(({ field, finding }) => [field, { type: finding.key }])),
  };
};
