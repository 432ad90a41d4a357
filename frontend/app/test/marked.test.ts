import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pieces } from "../src/accord/marked";

const text = fc.string({ unit: "grapheme", maxLength: 60 });
const spans = fc.array(
  fc.record({
    start: fc.integer({ min: -2, max: 70 }),
    end: fc.integer({ min: -2, max: 70 }),
    id: fc.constantFrom("a", "b"),
  }),
  { maxLength: 6 },
);

describe("marking quotes in a text", () => {
  it("keeps the text whole, whatever is quoted", () => {
    fc.assert(
      fc.property(text, spans, (whole, quotes) => {
        expect(
          pieces(whole, quotes)
            .map((one) => one.text)
            .join(""),
        ).toBe(whole);
      }),
    );
  });

  it("counts code points, so that a quote behind an emoji or Arabic is found where the accord says", () => {
    const whole = "🕊 وقف إطلاق النار";
    const [, found] = pieces(whole, [{ start: 2, end: 5, id: "cessation" }]);
    expect(found).toEqual({ text: "وقف", ids: ["cessation"] });
  });

  it("gives a word that two provisions quote to both", () => {
    const found = pieces("one two three", [
      { start: 0, end: 7, id: "a" },
      { start: 4, end: 13, id: "b" },
    ]);
    expect(found.map(({ ids }) => ids)).toEqual([["a"], ["a", "b"], ["b"]]);
  });
});
