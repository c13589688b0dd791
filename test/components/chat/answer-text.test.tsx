// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { AnswerText } from "@/components/chat/answer-text";

afterEach(cleanup);

const html = (text: string, base: string | null = null) =>
  render(<AnswerText text={text} base={base} writing={false} />).container;

describe("an answer on the page", () => {
  test("is markdown without raw HTML, pictures or scripts from anywhere", () => {
    const page = html(
      '**Bold** <img src=x onerror="alert(1)"> ![a cat](http://evil.example/x.png) [go](javascript:alert(1))',
    );
    expect(page.querySelector("strong")?.textContent).toBe("Bold");
    expect(page.querySelectorAll("img, script")).toHaveLength(0);
    expect(page.textContent).toContain("[a cat]");
    expect(page.querySelector("a")?.getAttribute("href") ?? "").not.toContain("javascript");
  });

  test("marks changed words across paragraphs and markup, and loses no text", () => {
    const page = html("I am **Ada** from Northwind.\n\n- one\n- three", "I am Qwen from Alibaba. one two");
    expect([...page.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
      "Ada",
      "Northwind.",
      "three",
    ]);
    expect(page.querySelector("strong mark")?.textContent).toBe("Ada");
    expect(page.textContent?.replace(/\s+/g, " ").trim()).toBe("I am Ada from Northwind. one three");
  });

  test("marks nothing where there is nothing to compare with", () => {
    expect(html("Hello").querySelector("mark")).toBeNull();
  });
});
