/** Brings a field into view and puts the cursor into it. */
import type { FieldName } from "./form-defaults";

/** Waits a moment, since the field may just be unfolding. */
export function showField(name: FieldName): void {
  setTimeout(() => {
    const field = document.querySelector<HTMLElement>(`form [name="${name}"], form [data-field="${name}"]`);
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }, 50);
}
