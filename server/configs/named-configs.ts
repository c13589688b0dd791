/**
 * The folder of configurations that a person keeps under a name: one training YAML each, which `tuneboard train` takes
 * too. Secrets are never written. It also shows what LLaMA Board has saved in the same home folder. It does not know what
 * the arguments mean.
 */
import path from "node:path";
import { configNameSchema, type ConfigSource, type NamedConfig } from "@/server/contract/named-configs";
import { withoutSecrets } from "@/server/contract/secret-arguments";
import { NamedFiles } from "@/server/disk/named-files";
import { argumentYaml, typedArguments } from "@/server/engines/argument-yaml";

export class NamedConfigs {
  readonly #files: Readonly<Record<ConfigSource, NamedFiles>>;

  constructor(home: string) {
    const files = (folder: string) =>
      new NamedFiles({
        folder: path.join(home, folder),
        ending: ".yaml",
        names: configNameSchema,
        called: "saved settings",
        // A configuration is a few kilobytes.
        mostBytes: 1_000_000,
      });
    this.#files = { saved: files("configs"), board: files("llamaboard_config") };
  }

  /** All of them, newest first. A folder that is not there holds none. */
  async list(): Promise<NamedConfig[]> {
    const lists = await Promise.all([this.#listed("saved"), this.#listed("board")]);
    return lists.flat().sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  }

  /** @throws AppError not_found, invalid_request for a file that cannot be a configuration */
  async read(source: ConfigSource, name: string): Promise<string> {
    return (await this.#files[source].read(name)).text;
  }

  /** Writes it whole or not at all; an older one of that name is replaced. */
  async save(name: string, config: Readonly<Record<string, unknown>>): Promise<NamedConfig> {
    const text = argumentYaml(typedArguments(withoutSecrets(config)));
    const { changed_at } = await this.#files.saved.write(name, text);
    return { name, source: "saved", changed_at };
  }

  /** @throws AppError not_found */
  remove(name: string): Promise<void> {
    return this.#files.saved.remove(name);
  }

  async #listed(source: ConfigSource): Promise<NamedConfig[]> {
    return (await this.#files[source].list()).map(({ name, changed_at }) => ({ name, source, changed_at }));
  }
}
