/** The form as it was left, kept in this browser. A browser that keeps nothing (private mode, full) is no error. */
import { BOARD_DEFAULTS, type FieldName, type TrainForm } from "./form-defaults";
import { setField } from "./form-config";

const KEY = "tuneboard.train.draft";

/** The kept form; null where there is none or it cannot be read. Fields that are new since then get their default. */
export function readDraft(storage: Pick<Storage, "getItem"> | null = browserStorage()): TrainForm | null {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const form: TrainForm = { ...BOARD_DEFAULTS };
    for (const [name, value] of Object.entries(kept)) {
      if (!Object.hasOwn(BOARD_DEFAULTS, name)) continue;
      if (name === "dataset") {
        if (Array.isArray(value))
          form.dataset = value.filter((each): each is string => typeof each === "string");
      } else if (typeof value === "string" || typeof value === "boolean") {
        setField(form, name as FieldName, value);
      }
    }
    return form;
  } catch {
    return null;
  }
}

/** Keeps the form; null forgets it. */
export function writeDraft(
  form: TrainForm | null,
  storage: Pick<Storage, "setItem" | "removeItem"> | null = browserStorage(),
): void {
  try {
    if (form) storage?.setItem(KEY, JSON.stringify(form));
    else storage?.removeItem(KEY);
  } catch {
    // Without a place to keep it the draft lives as long as the page.
  }
}

function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
