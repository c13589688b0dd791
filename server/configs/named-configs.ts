/**
 * The folder of configurations that a person keeps under a name: one training YAML each, which `tuneboard train` takes
 * too. Secrets are never written. It also shows what LLaMA Board has saved in the same home folder. It does not know what
 * the arguments mean.
 */
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { configNameSchema, type ConfigSource, type NamedConfig } from "@/server/contract/named-configs";
import { withoutSecrets } from "@/server/contract/secret-arguments";
import { writeWhole } from "@/server/disk/whole-file";
import { argumentYaml, typedArguments } from "@/server/engines/argument-yaml";

const FOLDERS: Readonly<Record<ConfigSource, string>> = { saved: "configs", board: "llamaboard_config" };
/** A configuration is a few kilobytes; anything much larger is something else. */
const LARGEST_FILE = 1_000_000;

export class NamedConfigs {
  constructor(private readonly home: string) {}

  /** All of them, newest first. A folder that is not there holds none. */
  async list(): Promise<NamedConfig[]> {
    const lists = await Promise.all([this.#listFolder("saved"), this.#listFolder("board")]);
    return lists.flat().sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  }

  /** @throws AppError not_found, invalid_request for a file that cannot be a configuration */
  async read(source: ConfigSource, name: string): Promise<string> {
    const file = this.#file(source, name);
    const facts = await stat(file).catch(() => null);
    if (!facts?.isFile()) throw new AppError("not_found", `There are no saved settings called ${name}.`);
    if (facts.size > LARGEST_FILE)
      throw new AppError(
        "invalid_request",
        `${file} is too large (${facts.size} bytes) for a configuration.`,
      );
    return readFile(file, "utf8");
  }

  /** Writes it whole or not at all; an older one of that name is replaced. */
  async save(name: string, config: Readonly<Record<string, unknown>>): Promise<NamedConfig> {
    const file = this.#file("saved", name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, argumentYaml(typedArguments(withoutSecrets(config))));
    return { name, source: "saved", changed_at: (await stat(file)).mtime.toISOString() };
  }

  /** @throws AppError not_found */
  async remove(name: string): Promise<void> {
    const file = this.#file("saved", name);
    await rm(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT")
        throw new AppError("not_found", `There are no saved settings called ${name}.`);
      throw error;
    });
  }

  async #listFolder(source: ConfigSource): Promise<NamedConfig[]> {
    const folder = path.join(this.home, FOLDERS[source]);
    const entries = await readdir(folder).catch(() => []);
    const found = entries
      .filter((entry) => entry.endsWith(".yaml"))
      .map(async (entry): Promise<NamedConfig[]> => {
        const name = entry.slice(0, -".yaml".length);
        const facts = await stat(path.join(folder, entry)).catch(() => null);
        if (!facts?.isFile() || !configNameSchema.safeParse(name).success) return [];
        return [{ name, source, changed_at: facts.mtime.toISOString() }];
      });
    return (await Promise.all(found)).flat();
  }

  #file(source: ConfigSource, name: string): string {
    const parsed = configNameSchema.safeParse(name);
    if (!parsed.success) throw new AppError("invalid_request", `${name}: ${parsed.error.issues[0]!.message}`);
    return path.join(this.home, FOLDERS[source], `${parsed.data}.yaml`);
  }
}
