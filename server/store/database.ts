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
  put(entry: { id: string; folder: string; name: string; engine: string; createdAt: string }): Promise<void>;
  remove(id: string): Promise<void>;
  all(): Promise<{ id: string; folder: string }[]>;
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
      async put(entry) {
        // A folder that got a new id (its record was lost or copied) replaces the old entry.
        await prisma.run.deleteMany({ where: { folder: entry.folder, id: { not: entry.id } } });
        await prisma.run.upsert({ where: { id: entry.id }, create: entry, update: entry });
      },
      async remove(id) {
        await prisma.run.deleteMany({ where: { id } });
      },
      all: () => prisma.run.findMany({ select: { id: true, folder: true } }),
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
