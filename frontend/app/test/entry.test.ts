import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyOf, EMPTY, type Entry, faultsOf, instantOf } from "../src/desk/entry";

const entry = (values: Partial<Entry>): Entry => ({
  ...EMPTY,
  kind: "shelling",
  day: "2018-10-15",
  report: "x",
  ...values,
});

describe("an entry at the desk", () => {
  it("is a whole day where no time is known, and an instant in UTC where one is", () => {
    expect(bodyOf(entry({}), "Asia/Damascus").occurred).toEqual({ start: "2018-10-15", end: "2018-10-15" });
    expect(bodyOf(entry({ time: "08:30" }), "Asia/Damascus").occurred).toEqual({
      start: "2018-10-15T05:30:00.000Z",
      end: "2018-10-15T05:30:00.000Z",
    });
  });

  it("has no place rather than a false one", () => {
    expect(bodyOf(entry({ errorM: "500" }), "UTC")).not.toHaveProperty("error_m");
    expect(bodyOf(entry({ lon: "36.7", lat: "35.4", errorM: "500" }), "UTC")).toMatchObject({
      geometry: { type: "Point", coordinates: [36.7, 35.4] },
      error_m: 500,
    });
  });

  it("is told what is missing, field by field", () => {
    expect(faultsOf(EMPTY)).toMatchObject({
      kind: "app-fault-kind",
      day: "app-fault-day",
      report: "app-fault-report",
    });
    expect(faultsOf(entry({ lon: "36" }))).toHaveProperty("lon");
    expect(faultsOf(entry({ lon: "36", lat: "95" }))).toHaveProperty("lat");
    expect(faultsOf(entry({ lastDay: "2018-10-14" }))).toHaveProperty("lastDay");
    expect(faultsOf(entry({}))).toEqual({});
  });

  it("finds the instant that a wall clock shows, on both sides of a change of clocks", () => {
    const zones = ["Asia/Damascus", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "UTC"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2014, 0, 1) / 60_000, max: Date.UTC(2026, 0, 1) / 60_000 }),
        (timeZone, minute) => {
          const wall = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
          const [day = "", time = ""] = wall.format(new Date(minute * 60_000)).split(" ");
          expect(wall.format(instantOf(day, time, timeZone))).toBe(`${day} ${time}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});
