/** The database: migrated once, refused when it does not fit, and only an index. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "@/server/store/database";
import { migrate, readMigrations, type SqlConnection } from "@/server/store/migrate";
import { repository } from "../console/test-console";

const migrations = path.join(repository, "prisma", "migrations");
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-store-"));
  file = path.join(folder, "tuneboard.db");
});
afterEach(() => rm(folder, { recursive: true }));

describe("the store", () => {
  it("keeps settings and runs over a restart", async () => {
    const first = await openStore(file, migrations);
    await first.settings.set("llamafactory_cli", "/opt/lf");
    const x = { id: "a", folder: "saves/x", name: "x", engine: "embedded", createdAt: "2026" };
    const y = { ...x, id: "b", folder: "saves/y" };
    await first.runs.replace([x, y]);
    await first.runs.replace([{ ...x, name: "renamed" }, y]);
    await first.close();
    const second = await openStore(file, migrations);
    expect(await second.settings.get("llamafactory_cli")).toBe("/opt/lf");
    expect((await second.runs.all()).sort((a, b) => a.id.localeCompare(b.id))).toEqual([
      { ...x, name: "renamed" },
      y,
    ]);
    // The same folder under another id, as after its record was lost.
    await second.runs.replace([{ ...x, id: "c" }]);
    expect(await second.runs.all()).toEqual([{ ...x, id: "c" }]);
    await second.runs.replace([]);
    await second.settings.set("llamafactory_cli", null);
    expect(await second.runs.all()).toEqual([]);
    expect(await second.settings.get("llamafactory_cli")).toBeNull();
    await second.close();
  });
});

/** A database that only remembers what it was told; fails at a statement that contains "broken". */
function recordingConnection(applied: { name: string; checksum: string }[] = []) {
  const executed: string[] = [];
  const connection: SqlConnection = {
    rows: () => Promise.resolve(applied),
    transaction: (statements) => {
      if (statements.some((sql) => sql.includes("broken"))) return Promise.reject(new Error("near broken"));
      executed.push(...statements);
      return Promise.resolve();
    },
  };
  return { connection, executed };
}

describe("the migrator", () => {
  const first = {
    name: "0001_first",
    sql: "-- words\nCREATE TABLE a (x);\n\nCREATE TABLE b (y);\n",
    checksum: "one",
  };
  const second = { name: "0002_second", sql: "ALTER TABLE a ADD z;", checksum: "two" };

  it("applies what is missing, in order, each with its note", async () => {
    const { connection, executed } = recordingConnection([{ name: "0001_first", checksum: "one" }]);
    expect(await migrate(connection, [first, second])).toEqual(["0002_second"]);
    expect(executed.slice(1)).toEqual([
      "ALTER TABLE a ADD z",
      expect.stringContaining("'0002_second', 'two'"),
    ]);
  });

  it("takes a file apart into its statements", async () => {
    const { connection, executed } = recordingConnection();
    await migrate(connection, [first]);
    expect(executed.slice(1, 3)).toEqual(["CREATE TABLE a (x)", "CREATE TABLE b (y)"]);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    const { connection } = recordingConnection([{ name: "0001_first", checksum: "other" }]);
    await expect(migrate(connection, [first])).rejects.toThrow(/0001_first is not what was applied/);
  });

  it("refuses a database of a newer console", async () => {
    const { connection } = recordingConnection([{ name: "0009_future", checksum: "x" }]);
    await expect(migrate(connection, [first])).rejects.toThrow(/newer Tuneboard \(0009_future\)/);
  });

  it("names the migration that fails", async () => {
    const { connection } = recordingConnection();
    await expect(migrate(connection, [{ name: "0003_bad", sql: "broken;", checksum: "x" }])).rejects.toThrow(
      /0003_bad.*near broken/,
    );
  });

  it("reads the same checksum from files with either line ending", () => {
    const [shipped] = readMigrations(migrations);
    expect(shipped?.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(shipped?.sql).not.toContain("\r");
  });
});
