import { describe, expect, test } from "vitest";
import {
  columnsOf,
  isHidden,
  NONE,
  shuffled,
  tallyOf,
  TIE,
  turnToVoteOn,
} from "@/components/chat/blind-vote";
import { type Answer, NEW_ANSWER, type Turn } from "@/components/chat/conversation";

const said: Answer = { ...NEW_ANSWER, state: "done", text: "x" };
function turn(change: Partial<Turn> = {}): Turn {
  const answers = { a: said, b: said };
  return {
    id: "1",
    role: "user",
    text: "?",
    before: null,
    answers,
    order: ["b", "a"],
    vote: null,
    ...change,
  };
}

describe("answers without names", () => {
  test("stand in an order drawn by chance in which everybody is once", () => {
    const items = ["a", "b", "c", "d"];
    expect(shuffled(items, () => 0)).toEqual(["b", "c", "d", "a"]);
    const firsts = new Set(Array.from({ length: 200 }, () => shuffled(items)[0]));
    expect(firsts.size).toBe(4);
    expect(shuffled(items).sort()).toEqual(items);
  });

  test("keep their columns when a pane comes or goes", () => {
    expect(columnsOf(turn(), ["a", "b"])).toEqual(["b", "a"]);
    expect(columnsOf(turn(), ["a", "c", "b"])).toEqual(["b", "a", "c"]);
    expect(columnsOf(turn(), ["a"])).toEqual(["a"]);
    expect(columnsOf(turn({ order: null }), ["a", "b"])).toEqual(["a", "b"]);
  });

  test("show their names once there is a vote, and can be voted on once all have ended", () => {
    expect(isHidden(turn())).toBe(true);
    expect(isHidden(turn({ vote: TIE }))).toBe(false);
    expect(turnToVoteOn([turn()])?.id).toBe("1");
    expect(turnToVoteOn([turn({ vote: "a" })])).toBeNull();
    expect(turnToVoteOn([turn({ order: null })])).toBeNull();
    expect(turnToVoteOn([turn({ answers: { a: said, b: NEW_ANSWER } })])).toBeNull();
    expect(turnToVoteOn([turn({ answers: { a: said } })])).toBeNull();
    expect(turnToVoteOn([])).toBeNull();
    // Those of a prompt set one after the other.
    expect(turnToVoteOn([turn({ id: "0", vote: "a" }), turn({ id: "1" }), turn({ id: "2" })])?.id).toBe("1");
  });

  test("are counted by who gave them, not by where they stood", () => {
    const tally = tallyOf([
      turn({ vote: "a" }),
      turn({ vote: "a" }),
      turn({ vote: TIE }),
      turn({ vote: NONE }),
      turn(),
    ]);
    expect([...tally.wins]).toEqual([["a", 2]]);
    expect(tally).toMatchObject({ ties: 1, none: 1, votes: 4 });
  });
});
