// @vitest-environment jsdom
import { cleanup, configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { splitForDeletion, tagChanges, tagStates } from "@/components/runs/selection";
import { SelectionBar } from "@/components/runs/selection-bar";
import { renderInPage, someRun } from "../page-frame";

// Dialogs come when they are asked for, on a busy machine after a while.
configure({ asyncUtilTimeout: 5_000 });

const RUNS = [
  someRun({ id: "a", name: "short", status: "finished", tags: ["tone"] }),
  someRun({ id: "b", name: "waiting", status: "queued", tags: ["tone", "old"] }),
  someRun({ id: "c", name: "busy", status: "running" }),
];

interface Call {
  method: string;
  path: string;
  body: unknown;
}

/** Answers like the console: each run has a file of 1 kB and one named after it; `refused` cannot be deleted. */
function answerRequests(refused = ""): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", (path: string, { method = "GET", body }: RequestInit) => {
    calls.push({ method, path, body: typeof body === "string" ? JSON.parse(body) : undefined });
    const id = /\/api\/runs\/(\w)/.exec(path)?.[1] ?? "";
    if (method === "DELETE" && id === refused)
      return Promise.resolve(
        Response.json({ error: { code: "busy", message: "It is still going." } }, { status: 409 }),
      );
    const removed = [
      { name: "trainer_log.jsonl", bytes: 1000 },
      { name: `only-in-${id}.json`, bytes: 500 },
    ];
    return Promise.resolve(Response.json({ removed, status: "stopped", items: [] }));
  });
  return calls;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = () => renderInPage(<SelectionBar runs={RUNS} selected={RUNS} onClear={() => undefined} />);
const changing = (calls: readonly Call[]) =>
  calls.filter(({ method, path }) => method !== "GET" && !path.endsWith("?dry=1"));

describe("several runs at once", () => {
  test("can be deleted but for those that are going, queued ones too", () => {
    const { deletable, going } = splitForDeletion(RUNS);
    expect(deletable.map((run) => run.id)).toEqual(["a", "b"]);
    expect(going.map((run) => run.id)).toEqual(["c"]);
  });

  test("have a tag all, some or none of them; what nobody touched stays", () => {
    expect([...tagStates([...RUNS, someRun({ tags: ["far"] })], RUNS.slice(0, 2))]).toEqual([
      ["far", false],
      ["old", "mixed"],
      ["tone", true],
    ]);
    const changes = tagChanges(
      RUNS,
      new Map([
        ["new", true],
        ["tone", false],
      ]),
    );
    expect(changes.map(({ run, change }) => [run.id, change.tags])).toEqual([
      ["a", ["new"]],
      ["b", ["old", "new"]],
      ["c", ["new"]],
    ]);
    expect(tagChanges(RUNS, new Map([["tone", false]])).map(({ run }) => run.id)).toEqual(["a", "b"]);
  });

  test("are deleted after every file of each was named, with the bytes of all", async () => {
    const calls = answerRequests();
    show();
    fireEvent.click(screen.getByRole("button", { name: "Delete…" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete 2 runs?" });
    await within(dialog).findByText("4 files, 3.0 kB. They are gone for good.");
    for (const file of ["only-in-a.json", "only-in-b.json"])
      expect(within(dialog).getByText(file)).toBeDefined();
    expect(within(dialog).getByText("Still going, so it stays: busy")).toBeDefined();
    expect(changing(calls)).toEqual([]);

    fireEvent.click(within(dialog).getByRole("button", { name: "Delete 3.0 kB" }));
    await screen.findByText("2 runs deleted.");
    expect(changing(calls).map(({ method, path }) => `${method} ${path}`)).toEqual([
      "DELETE /api/runs/a",
      "DELETE /api/runs/b",
    ]);
  });

  test("are gone through to the end where one refuses, and it is named with its reason", async () => {
    const calls = answerRequests("");
    show();
    fireEvent.click(screen.getByRole("button", { name: "Delete…" }));
    const button = await screen.findByRole("button", { name: "Delete 3.0 kB" });
    answerRequests("a");
    fireEvent.click(button);
    await screen.findByText("1 of 2 done. short: It is still going.");
    expect(changing(calls)).toEqual([]);
  });

  test("leave the queue, those of them that wait", async () => {
    const calls = answerRequests();
    show();
    fireEvent.click(screen.getByRole("button", { name: "Take 1 from the queue" }));
    await screen.findByText("1 run left the queue.");
    expect(changing(calls)).toEqual([{ method: "POST", path: "/api/runs/b/stop", body: {} }]);
  });

  test("get a new tag and lose one that some have", async () => {
    const calls = answerRequests();
    show();
    fireEvent.click(screen.getByRole("button", { name: "Tags…" }));
    const dialog = await screen.findByRole("dialog", { name: "Tags of 3 runs" });
    expect(within(dialog).getByRole("checkbox", { name: "old" }).getAttribute("aria-checked")).toBe("mixed");
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "old" }));
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "old" }));
    fireEvent.change(within(dialog).getByRole("textbox", { name: "A new tag" }), {
      target: { value: "  kept " },
    });
    fireEvent.click(within(dialog).getByRole("button", { name: "Keep" }));
    await screen.findByText("Tags of 3 runs changed.");
    await waitFor(() =>
      expect(changing(calls).map(({ path, body }) => [path, body])).toEqual([
        ["/api/runs/a", { tags: ["tone", "kept"] }],
        ["/api/runs/b", { tags: ["tone", "kept"] }],
        ["/api/runs/c", { tags: ["kept"] }],
      ]),
    );
  });
});
