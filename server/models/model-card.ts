/** What the head of a model card (README.md) says of its license. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { frontMatter } from "@/server/disk/front-matter";

const headSchema = z.looseObject({
  license: z.union([z.string(), z.array(z.string())]).nullish(),
  license_name: z.string().nullish(),
});

/** The license that a folder's card names: "apache-2.0", or the name of one of its own. */
export async function cardLicense(folder: string): Promise<string | null> {
  return licenseOfCard(await readFile(path.join(folder, "README.md"), "utf8").catch(() => ""));
}

/** @param card the text of a README.md */
export function licenseOfCard(card: string): string | null {
  const head = headSchema.safeParse(frontMatter(card));
  if (!head.success) return null;
  const { license, license_name } = head.data;
  const named = Array.isArray(license) ? license.join(", ") : (license ?? null);
  return named === "other" ? (license_name ?? named) : named;
}
