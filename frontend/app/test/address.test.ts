import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressOf,
  flag,
  instant,
  list,
  look,
  oneOf,
  places,
  readKeys,
  readPath,
  text,
  VIEWS,
  whole,
  writeKeys,
  writePath,
} from "../src/address/address";

const KEYS = {
  q: text(),
  status: list(["met", "overdue"]),
  order: oneOf(["urgency", "due"] as const, "urgency"),
  only: flag(),
  as_of: instant(),
  n: whole(1, 9, 3),
  at: look(),
  path: places(),
};

const coordinate = (most: number) =>
  fc.integer({ min: -most * 1e4, max: most * 1e4 }).map((value) => value / 1e4);
const values = fc.record({
  q: fc.string(),
  status: fc.uniqueArray(fc.constantFrom("met", "overdue")),
  order: fc.constantFrom("urgency" as const, "due" as const),
  only: fc.boolean(),
  as_of: fc.constantFrom("", "2018-10-15", "2018-10-15T21:00:00Z"),
  n: fc.integer({ min: 1, max: 9 }),
  at: fc.option(fc.tuple(coordinate(180), coordinate(85), fc.integer({ min: 0, max: 22 }))),
  path: fc.array(fc.tuple(coordinate(180), coordinate(90)), { maxLength: 5 }),
});

describe("the address of a view", () => {
  it("gives back every state that was written into it", () => {
    fc.assert(
      fc.property(values, (state) => {
        const written = writeKeys(KEYS, new URLSearchParams(), state);
        expect(readKeys(KEYS, new URLSearchParams(written.toString()))).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });

  it("reads any text without failing, and what it cannot read as absent", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(KEYS)), fc.string()), (given) => {
        const state = readKeys(KEYS, new URLSearchParams(given));
        expect(["urgency", "due"]).toContain(state.order);
        expect(state.n).toBeGreaterThanOrEqual(1);
        expect(state.n).toBeLessThanOrEqual(9);
        for (const one of state.status) expect(["met", "overdue"]).toContain(one);
      }),
      { numRuns: 200 },
    );
  });

  it.each(["2018-02-30", "2018-13-01", "15 October", "2018-10-15T25:00Z", "2018-10-15 10:00"])(
    "takes %s for no instant",
    (given) => {
      expect(instant().read(given)).toBeUndefined();
    },
  );

  it("leaves out what is as if absent, so that one state has one address", () => {
    const written = writeKeys(KEYS, new URLSearchParams("n=3&order=due"), { order: "urgency", n: 3 });
    expect(written.toString()).toBe("");
  });

  it("carries the two times, the reading and the language to another view, and nothing else", () => {
    const query = new URLSearchParams("as_of=2018-10-15&known_at=2018-11-01&lang=ar&status=met&sel=x");
    expect(addressOf({ view: "map", thing: "" }, query)).toBe(
      "/map?as_of=2018-10-15&known_at=2018-11-01&lang=ar",
    );
  });

  it("finds view and thing in a path again, whatever the thing is called", () => {
    fc.assert(
      fc.property(fc.constantFrom(...VIEWS), fc.string({ unit: "grapheme" }), (view, thing) => {
        fc.pre(!thing.startsWith("/") && !thing.endsWith("/"));
        expect(readPath(writePath({ view, thing }))).toEqual({ view, thing });
      }),
      { numRuns: 200 },
    );
  });

  it("shows the board where a path names no view", () => {
    expect(readPath("/nothing/of/the/kind")).toEqual({ view: "board", thing: "" });
    expect(readPath("/explain/%E0%A4%A")).toEqual({ view: "explain", thing: "" });
  });
});
