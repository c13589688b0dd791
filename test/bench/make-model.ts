/** `make-model <folder>`: the folders that the bench measures on, as JSON: random shapes and the shipped starter. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { randomModel, SHAPES, type ShapeName } from "./random-model";

const [root = ""] = process.argv.slice(2);
const starter = path.resolve("server/starter/model");
mkdirSync(root, { recursive: true });
const models: Record<string, string> = { starter };
for (const name of Object.keys(SHAPES) as ShapeName[]) models[name] = await randomModel(root, name, starter);
console.log(JSON.stringify(models));
