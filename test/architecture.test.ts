/**
 * The import directions of the README's architecture section, and no cycles, enforced on the real import graph.
 */
import path from "node:path";
import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const NOUNS = ["runs", "datasets", "models", "chat"] as const;

interface Rule {
  name: string;
  from: IRegularForbiddenRuleType["from"];
  to: IRegularForbiddenRuleType["to"];
}

const rules: Rule[] = [
  { name: "no import cycles", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
  {
    name: "the contract imports zod and itself only",
    from: { path: "^server/contract/" },
    to: { pathNot: ["^server/contract/", "node_modules/zod"] },
  },
  {
    name: "the trainer knows nothing of the console",
    from: { path: "^server/trainer/" },
    to: { path: "^(app|components|server)/", pathNot: ["^server/(trainer|contract)/"] },
  },
  {
    name: "only the command line and the starter build reach into the trainer",
    from: { path: "^(app|components|server)/", pathNot: ["^server/(trainer/|starter/|cli\\.ts$)"] },
    to: { path: "^server/trainer/" },
  },
  {
    name: "pages and components import the contract only",
    from: { path: "^(app|components)/" },
    to: { path: "^server/", pathNot: ["^server/contract/"] },
  },
  {
    name: "components do not import pages",
    from: { path: "^components/" },
    to: { path: "^app/" },
  },
  {
    name: "only the store imports the Prisma client",
    from: { path: "^(app|components|server)/", pathNot: ["^server/store/"] },
    to: { path: ["^server/store/client/", "node_modules/@prisma/"] },
  },
  ...NOUNS.map((noun) => ({
    name: `${noun} does not reach into its neighbours, the socket, http or pages`,
    from: { path: `^server/${noun}/` },
    to: {
      path: [
        ...NOUNS.filter((other) => other !== noun).map((other) => `^server/${other}/`),
        "^server/(socket|http)/",
        "^app/",
      ],
    },
  })),
];

describe("architecture", () => {
  let result: ICruiseResult;

  beforeAll(async () => {
    const outcome = await cruise(
      ["app", "components", "server"],
      {
        baseDir: root,
        ruleSet: { forbidden: rules.map((rule) => ({ ...rule, severity: "error" as const })) },
        validate: true,
        // Without the file's name the aliases of `paths` stay unresolved, and the rules see nothing.
        tsConfig: { fileName: path.join(root, "tsconfig.json") },
        tsPreCompilationDeps: true,
        enhancedResolveOptions: {
          extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
          exportsFields: ["exports"],
          conditionNames: ["import", "node", "default"],
        },
        doNotFollow: { path: "node_modules" },
        exclude: { path: "\\.(css|json)$" },
      },
      { extensions: [".ts", ".tsx", ".mjs", ".js", ".json"], alias: { "@": root } },
      { tsConfig: extractTSConfig(path.join(root, "tsconfig.json")) },
    );
    result = outcome.output as ICruiseResult;
  }, 120_000);

  it("sees the code and resolves its imports", () => {
    expect(result.modules.length).toBeGreaterThan(50);
    const unresolved = result.modules
      .flatMap((module) =>
        module.dependencies.filter((d) => d.couldNotResolve).map((d) => `${module.source} → ${d.module}`),
      )
      .filter((line) => !/server\/store\/client|tfjs-node|@tensorflow\/tfjs-node/.test(line));
    expect(unresolved).toEqual([]);
  });

  it.each(rules.map((rule) => rule.name))("%s", (name) => {
    const broken = result.summary.violations
      .filter((violation) => violation.rule.name === name)
      .map((violation) => `${violation.from} → ${violation.to}`);
    expect(broken).toEqual([]);
  });
});
