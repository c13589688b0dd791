/** The way from a model to the train page: its folder in the address, read by the form when it opens. */
import type { ModelSummary } from "@/server/contract/api";

/** "/train?model=models/starter" */
export function trainHref(path: string): string {
  return `/train?model=${encodeURIComponent(path)}`;
}

/** Whether an address asks for a model. */
export function namesModel(search: string): boolean {
  return Boolean(new URLSearchParams(search).get("model"));
}

/**
 * A form with the model that the address names in place of its own; the form as it is where none is named.
 * @param models what is on this machine, for the template
 */
export function withModelOf<
  T extends { model_name_or_path: string; adapter_name_or_path: string; template: string },
>(search: string, form: T, models: readonly ModelSummary[]): T {
  const path = new URLSearchParams(search).get("model");
  if (path === null || path === "") return form;
  const template = models.find((model) => model.path === path)?.template ?? "default";
  return { ...form, model_name_or_path: path, adapter_name_or_path: "", template };
}
