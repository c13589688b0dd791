/**
 * TUNEBOARD_HOME: makes its folders, and fills a fresh one with the datasets and the starter model that ship. What is
 * there already is never touched: the folder may be somebody's LLaMA-Factory checkout.
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/** @param root the repository's folder, where server/starter holds what ships */
export function prepareHome(home: string, root: string): void {
  for (const name of ["data", "models", "saves"]) mkdirSync(path.join(home, name), { recursive: true });
  const shipped = path.join(root, "server", "starter");
  const data = path.join(shipped, "data");
  if (existsSync(data) && !existsSync(path.join(home, "data", "dataset_info.json"))) {
    cpSync(data, path.join(home, "data"), { recursive: true, force: false });
  }
  const model = path.join(shipped, "model");
  const target = path.join(home, "models", "starter");
  if (existsSync(path.join(model, "config.json")) && !existsSync(target)) copyWhole(model, target);
}

/** Copies a folder under another name first, so that a copy cut short is not taken for the whole. */
function copyWhole(from: string, to: string): void {
  const draft = path.join(path.dirname(to), `.${path.basename(to)}-${process.pid}`);
  cpSync(from, draft, { recursive: true });
  try {
    renameSync(draft, to);
  } catch {
    // Another console on this home was quicker.
    rmSync(draft, { recursive: true, force: true });
  }
}
