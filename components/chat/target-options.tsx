/** Targets as entries of a list to pick from: bases first, then runs, checkpoints, servers elsewhere. */
import type { ComboboxOption } from "@/components/ui/combobox";
import type { ChatTarget } from "@/server/contract/chat";

export interface TargetOptionsWords {
  group: (kind: ChatTarget["kind"]) => string;
  /** Names the entry that adds a server elsewhere; missing where none can be added. */
  addServer?: string;
}

/** The value of that entry. */
export const ADD_SERVER = "url:";

const ORDER: readonly ChatTarget["kind"][] = ["base", "run", "checkpoint", "endpoint"];

/** The entries; those in `taken` cannot be picked. */
export function targetOptions(
  targets: readonly ChatTarget[],
  { taken, current, words }: { taken: readonly string[]; current: string | null; words: TargetOptionsWords },
): ComboboxOption[] {
  const known = ORDER.flatMap((kind) => targets.filter((target) => target.kind === kind)).map((target) => ({
    value: target.id,
    text: `${target.label} ${target.detail}`,
    group: words.group(target.kind),
    disabled: taken.includes(target.id),
    selected: target.id === current,
    content: (
      <>
        <span className="clip">{target.label}</span>
        <span className="faint small clip">{target.detail}</span>
      </>
    ),
  }));
  if (words.addServer === undefined) return known;
  const group = words.group("endpoint");
  return [...known, { value: ADD_SERVER, text: words.addServer, group, content: words.addServer }];
}

/** A pane's name: the base is called that, since what it is called beside what was trained from it matters most. */
export function paneName(target: ChatTarget, base: string): string {
  return target.kind === "base" ? base : target.label;
}

/** What stands beside the name. */
export function paneDetail(target: ChatTarget): string {
  return target.kind === "base" ? `${target.label} · ${target.detail}` : target.detail;
}
