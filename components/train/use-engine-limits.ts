"use client";
/** What the embedded engine cannot do with a setting, as long as it may be the one that trains. */
import { useContext } from "react";
import { EMBEDDED_METHODS, embeddedArgumentSupport } from "@/server/contract/embedded-arguments";
import { OWN_ARGUMENTS } from "@/server/contract/training-choices";
import { COMPOSITES } from "./composite-settings";
import { choicesOf, type SettingName, SETTING_NAMES, SETTINGS } from "./settings-table";
import { EngineWishContext } from "./train-context";

export type EngineLimit =
  /** The embedded engine refuses it, for this reason. */
  | { kind: "refused"; reason: string }
  /** It changes nothing there, for this reason. */
  | { kind: "no effect"; reason: string }
  /** It takes some of the choices. */
  | { kind: "some"; values: ReadonlySet<string> };

/** The limit of a setting for the embedded engine, whatever the form says; null where there is none. */
function embeddedLimit(name: SettingName): EngineLimit | null {
  const own = OWN_ARGUMENTS.includes(name) && name === name.toLowerCase();
  if (own) return null;
  const [argument = name] = COMPOSITES[name]?.arguments ?? [];
  if (name === "hub_name") return null;
  if (argument !== argument.toLowerCase()) return { kind: "no effect", reason: ONE_PROCESS };
  const support = embeddedArgumentSupport(argument);
  if (support.kind === "refused" || support.kind === "no effect") return support;
  if (support.kind !== "honoured" || !support.values || name in COMPOSITES) return null;
  if (SETTINGS[name].control.kind !== "choice") return null;
  const values = new Set(["", ...support.values.map(String)]);
  return choicesOf(name).every((choice) => values.has(choice)) ? null : { kind: "some", values };
}

const ONE_PROCESS = "It sets up several processes or machines; the embedded trainer is one process.";

const LIMITS = new Map(SETTING_NAMES.map((name) => [name, embeddedLimit(name)]));

/** The limit to show at a setting; null once the llamafactory engine is chosen. */
export function useEngineLimit(name: SettingName): EngineLimit | null {
  const engine = useContext(EngineWishContext);
  return engine === "llamafactory" ? null : (LIMITS.get(name) ?? null);
}

/** Whether the embedded engine trains in this way. */
export function isEmbeddedMethod(method: string): boolean {
  return EMBEDDED_METHODS.includes(method);
}
