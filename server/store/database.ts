/**
 * The SQLite database behind the console: opened, migrated, handed out as its two tables. The only room that imports
 * the Prisma client. It holds nothing that cannot be found again on disk, except settings.
 */
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./client/client";
import { migrate, readMigrations } from "./migrate";

export interface Store {
  runs: RunTable;
  settings: SettingTable;
  close(): Promise<void>;
}

export interface RunTable {
  /** Makes the table hold exactly these, in one transaction; rows that are right already are left alone. */
  replace(entries: readonly RunRow[]): Promise<void>;
  all(): Promise<RunRow[]>;
}

export interface RunRow {
  id: string;
  /** Relative to the home folder. */
  folder: string;
  name: string;
  engine: string;
  createdAt: string;
}

export interface SettingTable {
  get(key: string): Promise<string | null>;
  /** null removes it. */
  set(key: string, value: string | null): Promise<void>;
}

/**
 * Opens (and where needed makes) the database file.
 * @param file absolute path of tuneboard.db
 * @param migrations folder of SQL migrations
 */
export async function openStore(file: string, migrations: string): Promise<Store> {
  const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url: `file:${file}` }) });
  await migrate(
    {
      transaction: (statements) =>
        prisma.$transaction(statements.map((sql) => prisma.$executeRawUnsafe(sql))),
      rows: (sql) => prisma.$queryRawUnsafe(sql),
    },
    readMigrations(migrations),
  );
  return {
    runs: {
      async replace(entries) {
        const rows = new Map((await prisma.run.findMany()).map((row) => [row.id, JSON.stringify(row)]));
        const changed = entries.filter((entry) => rows.get(entry.id) !== JSON.stringify(ordered(entry)));
        const wanted = new Set(entries.map(({ id }) => id));
        const stale = [...rows.keys()].filter((id) => !wanted.has(id));
        if (changed.length === 0 && stale.length === 0) return;
        const outdated = [...stale, ...changed.map(({ id }) => id)];
        await prisma.$transaction([
          prisma.run.deleteMany({ where: { id: { in: outdated } } }),
          prisma.run.createMany({ data: [...changed] }),
        ]);
      },
      all: () => prisma.run.findMany(),
    },
    settings: {
      async get(key) {
        return (await prisma.setting.findUnique({ where: { key } }))?.value ?? null;
      },
      async set(key, value) {
        if (value === null) await prisma.setting.deleteMany({ where: { key } });
        else await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
      },
    },
    close: () => prisma.$disconnect(),
  };
}

/** A row with its columns in the table's order, to compare by text. */
function ordered({ id, folder, name, engine, createdAt }: RunRow): RunRow {
  return { id, folder, name, engine, createdAt };
}
