/**
 * `make-model <folder> <shape>...`: the folders that the bench measures on, as JSON: random weights of these shapes, and
 * the shipped starter.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { randomModel, type ShapeName } from "./random-model";

const [root = "", ...shapes] = process.argv.slice(2);
const starter = path.resolve("server/starter/model");
mkdirSync(root, { recursive: true });
const models: Record<string, string> = { starter };
for (const name of shapes as ShapeName[]) models[name] = await randomModel(root, name, starter);
console.log(JSON.stringify(models));
