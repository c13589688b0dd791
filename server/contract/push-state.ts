/** How a push stands. It knows no schema, so pages may have it at once. */

export const PUSH_STATES = ["preparing", "sending", "committing", "finished", "failed", "cancelled"] as const;
export type PushState = (typeof PUSH_STATES)[number];

/** Whether it still goes on. */
export function isPushing({ state }: { state: PushState }): boolean {
  return state === "preparing" || state === "sending" || state === "committing";
}
