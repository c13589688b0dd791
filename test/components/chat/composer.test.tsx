// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Composer, type ComposerProps } from "@/components/chat/composer";
import { renderInPage } from "../page-frame";

afterEach(cleanup);

function open(change: Partial<ComposerProps> = {}) {
  const onSend = vi.fn();
  const onStop = vi.fn();
  renderInPage(
    <Composer
      count={2}
      coming={0}
      blocked={null}
      asksTools={false}
      progress={null}
      onSend={onSend}
      onStop={onStop}
      onPrompts={() => undefined}
      inputRef={createRef()}
      {...change}
    />,
  );
  const box = screen.getByRole<HTMLTextAreaElement>("textbox");
  return { onSend, onStop, box };
}

const type = (box: HTMLElement, text: string) => fireEvent.change(box, { target: { value: text } });

describe("the composer", () => {
  test("Enter sends what was typed and empties the box", () => {
    const { onSend, box } = open();
    type(box, "  Who are you? ");
    fireEvent.keyDown(box, { key: "Enter" });
    expect(onSend).toHaveBeenCalledExactlyOnceWith("Who are you?", "user");
    expect(box.value).toBe("");
  });

  test("Shift+Enter and the Enter of an input method do not send", () => {
    const { onSend, box } = open();
    type(box, "ni");
    fireEvent.keyDown(box, { key: "Enter", shiftKey: true });
    fireEvent.keyDown(box, { key: "Enter", isComposing: true });
    expect(onSend).not.toHaveBeenCalled();
    expect(box.value).toBe("ni");
  });

  test("nothing goes out while models load or answers come, and what was typed stays", () => {
    for (const change of [{ blocked: "Loading the models…" }, { coming: 1 }]) {
      const { onSend, box } = open(change);
      type(box, "Hi");
      fireEvent.keyDown(box, { key: "Enter" });
      expect(onSend).not.toHaveBeenCalled();
      expect(box.value).toBe("Hi");
      cleanup();
    }
  });

  test("says how many it asks and how many it stops", () => {
    const { onStop } = open({ coming: 2, count: 3 });
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send to 3" }).disabled).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Stop 2" }));
    expect(onStop).toHaveBeenCalledOnce();
  });

  test("what a tool says can be typed where there are tools, once", () => {
    const { onSend, box } = open({ asksTools: true });
    fireEvent.click(screen.getByRole("radio", { name: "A tool" }));
    for (const text of ["3 degrees", "Thanks"]) {
      type(box, text);
      fireEvent.keyDown(box, { key: "Enter" });
    }
    expect(onSend.mock.calls).toEqual([
      ["3 degrees", "tool"],
      ["Thanks", "user"],
    ]);
  });

  test("a prompt set that is being asked keeps others out and can be stopped between two answers", () => {
    const { onSend, onStop, box } = open({ progress: { asked: 2, of: 5 } });
    expect(screen.getByRole("status").textContent).toBe("Asking 2 of 5");
    type(box, "Hi");
    fireEvent.keyDown(box, { key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(onStop).toHaveBeenCalledOnce();
  });
});
