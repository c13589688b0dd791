import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": path.resolve(import.meta.dirname) };

export default defineConfig({
  resolve: { alias },
  test: {
    // Two cores: more workers only make the numeric tests fight for them.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "test/server/**/*.test.ts",
            "test/components/**/*.test.{ts,tsx}",
            "test/architecture.test.ts",
          ],
          testTimeout: 60_000,
          // Programs that tests start take their time on a busy machine; what is there at once is not waited for.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        extends: true,
        test: { name: "golden", include: ["test/golden/**/*.test.ts"], testTimeout: 180_000 },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
