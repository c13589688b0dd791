/** Which modules of a decoder a list of names means. Names are Hugging Face's; lists are LLaMA-Factory's and PEFT's. */
import { AppError } from "../../contract/errors";
import type { Decoder } from "../models/family";
import { expectedTensors } from "../models/weights";
import { untied } from "./tied-head";

/**
 * The linears that a target list names, in the model's order: "all" is every linear of every block, as in
 * LLaMA-Factory (the output matrix is not among them); a name fits where a module's name ends with it.
 * @param argument who asks, for the message
 * @throws AppError invalid_config for a name that fits nothing
 */
export function targetModules(
  decoder: Decoder,
  target: "all" | readonly string[],
  argument = "lora_target",
): string[] {
  const modules = allLinears(decoder);
  if (target === "all") return modules;
  for (const name of target) {
    if (modules.some((module) => fits(module, name))) continue;
    throw new AppError(
      "invalid_config",
      `${argument}: no linear of this ${decoder.family} model is called "${name}". It has ${lastNames(modules).join(", ")}; "all" takes them all.`,
    );
  }
  return modules.filter((module) => target.some((name) => fits(module, name)));
}

/** Every linear of every block, by full module name. */
export function allLinears(decoder: Decoder): string[] {
  return decoder.layers.flatMap(({ prefix }) => Object.keys(decoder.linears).map((name) => prefix + name));
}

/** PEFT's rule for names in a list: a whole module name, or its end from a dot on. */
export function fits(module: string, name: string): boolean {
  return module === name || module.endsWith(`.${name}`);
}

/** The description of a linear by its full module name. @throws Error for a module that the model does not have */
export function linearOf(decoder: Decoder, module: string) {
  for (const { prefix } of decoder.layers) {
    const found = module.startsWith(prefix) ? decoder.linears[module.slice(prefix.length)] : undefined;
    if (found) return found;
  }
  throw new Error(`${module} is not a linear of this model`);
}

/** The name of the module that a tensor belongs to: without ".weight" or ".bias". */
export function moduleOf(tensor: string): string {
  return tensor.slice(0, tensor.lastIndexOf("."));
}

/**
 * Tensors of the modules that `additional_target` names, shapes by name: those that are trained whole, beside the
 * adapters. Tied tables count as two, as in PEFT.
 * @throws AppError invalid_config for a name that fits nothing
 */
export function savedTensors(decoder: Decoder, names: readonly string[]): Map<string, readonly number[]> {
  const tensors = [...expectedTensors(untied(decoder))];
  const modules = [...new Set(tensors.map(([name]) => moduleOf(name)))];
  for (const name of names) {
    if (modules.some((module) => fits(module, name))) continue;
    throw new AppError(
      "invalid_config",
      `additional_target: no module of this ${decoder.family} model is called "${name}". It has ${lastNames(modules).join(", ")}.`,
    );
  }
  return new Map(tensors.filter(([name]) => names.some((wanted) => fits(moduleOf(name), wanted))));
}

/** The last parts of module names, each once. */
export function lastNames(modules: readonly string[]): string[] {
  return [...new Set(modules.map((module) => module.split(".").at(-1)!))];
}
