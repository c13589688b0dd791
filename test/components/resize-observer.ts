/** jsdom lays nothing out and lacks what tells of sizes; what floats asks for it. */
import { vi } from "vitest";

/** For `beforeAll`: an observer that never has anything to tell. */
export function stubResizeObserver(): void {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
}
