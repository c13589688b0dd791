/** The evaluation form's values, as they stand in the controls, and the request that they make. */
import type { EngineWish } from "@/server/contract/engine-names";
import { EVALUATION_DEFAULTS as DEFAULTS } from "@/server/contract/evaluation-choices";

export const EMPTY_FORM = {
  target: "",
  datasets: [] as string[],
  measure: "answers" as "answers" | "loss",
  name: "",
  engine: DEFAULTS.engine as EngineWish,
  do_sample: DEFAULTS.do_sample as boolean,
  cutoff_len: String(DEFAULTS.cutoff_len),
  max_samples: "",
  batch_size: String(DEFAULTS.batch_size),
  max_new_tokens: String(DEFAULTS.max_new_tokens),
  temperature: String(DEFAULTS.temperature),
  top_p: String(DEFAULTS.top_p),
  seed: String(DEFAULTS.seed),
};
export type EvaluationForm = typeof EMPTY_FORM;

/** The numbers; `only`: where answers are generated, and there only where tokens are drawn. */
export const NUMBER_FIELDS = [
  { name: "cutoff_len", only: null },
  { name: "max_samples", only: null },
  { name: "batch_size", only: null },
  { name: "max_new_tokens", only: "answers" },
  { name: "temperature", only: "sampling" },
  { name: "top_p", only: "sampling" },
  { name: "seed", only: null },
] as const;

/** Numbers as numbers; an empty control means the default. What is no number stays text and is refused by name. */
export function requestOf(form: EvaluationForm): Record<string, unknown> {
  const numbers = NUMBER_FIELDS.flatMap(({ name }) => {
    const text = form[name].trim();
    if (text === "") return [];
    const value = Number(text);
    return [[name, Number.isFinite(value) ? value : text] as const];
  });
  const { target, datasets, measure, name, engine, do_sample } = form;
  return { target, datasets, measure, name, engine, do_sample, ...Object.fromEntries(numbers) };
}
