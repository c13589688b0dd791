CREATE TABLE "runs" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "folder" TEXT NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "engine" TEXT NOT NULL,
  "created_at" TEXT NOT NULL
);

CREATE TABLE "settings" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL
);
