import { describe, expect, it } from "vitest";
import { endsInError, failureWords } from "@/server/runs/failure-words";

describe("the words for a failure", () => {
  it("are the exception at the end of a Python traceback", () => {
    const output =
      'Traceback (most recent call last):\n  File "train.py", line 3, in <module>\n    main()\nValueError: Please select a model.\n';
    expect(failureWords({ code: 1, signal: null }, output)).toBe("ValueError: Please select a model.");
  });

  it("are the trainer's own line, not the progress around it", () => {
    const output =
      "step 1\nError: models/tiny/config.json is missing.\n 17%|█▋        | 1/6 [00:00<00:01,  3.91it/s]\r\n";
    expect(failureWords({ code: 1, signal: null }, output)).toBe(
      "Error: models/tiny/config.json is missing.",
    );
  });

  it("say that memory ran out when the system killed it", () => {
    expect(failureWords({ code: null, signal: "SIGKILL" }, "step 1\nstep 2\n")).toMatch(
      /killed the process.*memory ran out/,
    );
    expect(failureWords({ code: null, signal: "SIGSEGV" }, "")).toBe("The process ended by SIGSEGV.");
  });

  it("say so when there are none", () => {
    expect(failureWords({ code: 3, signal: null }, " \n")).toBe(
      "The process ended with exit code 3. It wrote nothing.",
    );
    expect(failureWords(null, "")).toBe("The process is gone and left no result.");
  });

  it("stay short", () => {
    expect(failureWords({ code: 1, signal: null }, `Error: ${"x".repeat(5000)}`).length).toBeLessThanOrEqual(
      400,
    );
  });

  it("tell an error from a last line that is none", () => {
    expect(endsInError("RuntimeError: CUDA out of memory.\n")).toBe(true);
    expect(endsInError("OSError: [Errno 28] No space left on device\n")).toBe(true);
    expect(endsInError("{'loss': '1.2'}\n")).toBe(false);
    expect(endsInError("")).toBe(false);
  });
});
