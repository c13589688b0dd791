/** Whether the form shows its three choices or everything; kept in this browser. */

export type FormMode = "simple" | "advanced";

const KEY = "tuneboard.train.mode";

/** The mode that was chosen last; advanced where none was, or where the browser keeps nothing. */
export function readFormMode(): FormMode {
  try {
    return window.localStorage.getItem(KEY) === "simple" ? "simple" : "advanced";
  } catch {
    return "advanced";
  }
}

export function writeFormMode(mode: FormMode): void {
  try {
    window.localStorage.setItem(KEY, mode);
  } catch {
    // It holds as long as the page then.
  }
}
