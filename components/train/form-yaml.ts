/** The form as a file, and files as a form: training_args.yaml and LLaMA Board's. A first visit needs none of it. */
import { boardToConfig, isBoardConfig } from "./board-config";
import { configToForm, extraArguments, formToConfig, withoutNull } from "./form-config";
import { BOARD_DEFAULTS, type TrainForm } from "./form-defaults";
import { inExampleOrder } from "./yaml-order";
import { writeYaml } from "./yaml-text";

export type LoadedForm =
  | { form: TrainForm; /** Arguments that no control stands for. */ kept: readonly string[] }
  | { error: { kind: "syntax"; detail: string } | { kind: "not_mapping" } | { kind: "empty" } };

/**
 * A form from the text of a training_args.yaml or a llamaboard_config.yaml (or the same as JSON).
 * @param current what stands in the form: LLaMA Board's files do not name the model's folder
 */
export function yamlToForm(written: string, current: TrainForm = BOARD_DEFAULTS): LoadedForm {
  if (written.trim() === "") return { error: { kind: "empty" } };
  const { config: read, error } = extraArguments(written);
  if (error) return { error };
  const fromBoard = isBoardConfig(read);
  const form = configToForm(withoutNull(fromBoard ? boardToConfig(read) : read));
  if (fromBoard && form.model_name_or_path === "") {
    form.model_name_or_path = current.model_name_or_path;
    if (!("top.template" in read)) form.template = current.template;
  }
  return { form, kept: Object.keys(extraArguments(form.extra).config) };
}

/** The form as YAML in the order of LLaMA-Factory's examples, for the preview until the console has answered. */
export function formToYaml(form: TrainForm): string {
  return inExampleOrder(writeYaml(formToConfig(form)));
}
