/**
 * Brings a database up to the newest of prisma/migrations: each .sql file once, in name order, in one transaction, with
 * its checksum recorded. Does what `prisma migrate deploy` does without the schema engine that would be downloaded for it.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";

/** What the migrator needs of a database connection. */
export interface SqlConnection {
  /** All of the statements or, where one fails, none. */
  transaction(statements: readonly string[]): Promise<unknown>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** The migrations of a folder, by name. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8").replaceAll("\r\n", "\n");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Applies what is missing.
 * @returns names of the migrations applied now
 * @throws AppError internal where an applied migration has changed since, or the database is newer than this console
 */
export async function migrate(
  connection: SqlConnection,
  migrations: readonly Migration[],
): Promise<string[]> {
  await connection.transaction([
    'CREATE TABLE IF NOT EXISTS "migrations" ("name" TEXT NOT NULL PRIMARY KEY, "checksum" TEXT NOT NULL, "applied_at" TEXT NOT NULL)',
  ]);
  const applied = new Map(
    (await connection.rows('SELECT "name", "checksum" FROM "migrations"')).map((row) => [
      row.name,
      row.checksum,
    ]),
  );
  const known = new Set<unknown>(migrations.map(({ name }) => name));
  const newer = [...applied.keys()].filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new AppError(
      "internal",
      `The database was made by a newer Tuneboard (${newer.join(", ")}). Update, or delete tuneboard.db: the runs come back from their folders.`,
    );
  }
  const due = migrations.filter(({ name, checksum }) => {
    const recorded = applied.get(name);
    if (recorded !== undefined && recorded !== checksum) {
      throw new AppError(
        "internal",
        `prisma/migrations/${name} is not what was applied to this database. Restore the file, or delete tuneboard.db: the runs come back from their folders.`,
      );
    }
    return recorded === undefined;
  });
  for (const migration of due) await apply(connection, migration);
  return due.map(({ name }) => name);
}

async function apply(connection: SqlConnection, { name, sql, checksum }: Migration): Promise<void> {
  const note = `INSERT INTO "migrations" VALUES ('${name.replaceAll("'", "''")}', '${checksum}', '${new Date().toISOString()}')`;
  try {
    await connection.transaction([...statements(sql), note]);
  } catch (error) {
    throw new AppError(
      "internal",
      `The database could not be brought up to date (${name}): ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** Our migrations hold plain statements, one after the other, comments on lines of their own. */
function statements(sql: string): string[] {
  return sql
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("--"))
    .join("\n")
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
