/** Files that come in at once: one after the other, each on its own, whatever becomes of the others. */
import { describe, expect, it, vi } from "vitest";
import type { Incoming } from "@/server/contract/datasets";
import { IncomingQueue, type IncomingWork } from "@/components/datasets/incoming-queue";

const facts = (name: string) => ({ id: name, name }) as Incoming;

/** Files whose sending ends when the test says so. */
function controlled() {
  const sendings = new Map<
    string,
    { signal: AbortSignal; progress: (n: number) => void; end: (error?: Error) => void }
  >();
  const work: IncomingWork = {
    send: (file, { onProgress, signal }) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(file.name));
        sendings.set(file.name, { signal, progress: onProgress, end });
        signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
    look: (from) => Promise.resolve(facts("upload" in from ? from.upload : from.path)),
  };
  const queue = new IncomingQueue(work);
  const steps = () => queue.files().map(({ name, step }) => `${name} ${step.is}`);
  const send = (...names: string[]) => queue.add(names.map((name) => ({ file: new File(["1234"], name) })));
  return {
    queue,
    steps,
    send,
    sending: (name: string) => sendings.get(name)!,
    begun: () => [...sendings.keys()],
  };
}

describe("files that come in at once", () => {
  it("are sent one after the other, with how far each is", async () => {
    const { queue, steps, send, sending, begun } = controlled();
    const heard = vi.fn();
    queue.subscribe(heard);
    send("a.json", "b.json");
    expect(steps()).toEqual(["a.json sending", "b.json waiting"]);
    expect(begun()).toEqual(["a.json"]);
    sending("a.json").progress(3);
    expect(queue.files()[0]!.step).toEqual({ is: "sending", received: 3, size: 4 });
    expect(heard).toHaveBeenCalled();
    sending("a.json").end();
    await vi.waitFor(() => expect(steps()).toEqual(["a.json ready", "b.json sending"]));
    sending("b.json").end();
    await vi.waitFor(() => expect(steps()).toEqual(["a.json ready", "b.json ready"]));
  });

  it("can be taken off one by one, and the next goes on", async () => {
    const { queue, steps, send, sending } = controlled();
    send("a.json", "b.json", "c.json");
    const [a, b] = queue.files();
    queue.remove([b!.key]);
    expect(steps()).toEqual(["a.json sending", "c.json waiting"]);
    queue.remove([a!.key]);
    expect(sending("a.json").signal.aborted).toBe(true);
    await vi.waitFor(() => expect(steps()).toEqual(["c.json sending"]));
  });

  it("fail on their own, with the reason, and can be tried again", async () => {
    const { queue, steps, send, sending } = controlled();
    send("a.json", "b.json");
    sending("a.json").end(new Error("too large"));
    await vi.waitFor(() => expect(steps()).toEqual(["a.json failed", "b.json sending"]));
    expect(queue.files()[0]!.step).toEqual({ is: "failed", reason: "too large" });
    sending("b.json").end();
    await vi.waitFor(() => expect(steps()).toEqual(["a.json failed", "b.json ready"]));
    queue.retry(queue.files()[0]!.key);
    expect(steps()).toEqual(["a.json sending", "b.json ready"]);
    sending("a.json").end();
    await vi.waitFor(() => expect(steps()).toEqual(["a.json ready", "b.json ready"]));
  });

  it("of this machine are looked at where they are", async () => {
    const { queue, steps } = controlled();
    queue.add([{ path: "/data/shards/train-0.jsonl" }]);
    await vi.waitFor(() => expect(steps()).toEqual(["train-0.jsonl ready"]));
  });
});
