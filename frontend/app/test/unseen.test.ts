import { describe, expect, it } from "vitest";
import { placeOf } from "../src/map/drawn";
import { unseenCells } from "../src/map/unseen";
import type { Seen } from "../src/server/types";

const report = (kind: string, lon: number | null, lat: number | null, error_m = 500): Seen =>
  ({
    id: `${kind}-${lon}`,
    kind,
    lon,
    lat,
    error_m,
    occurred_from: "2018-10-01T00:00:00Z",
    occurred_to: "2018-10-02T00:00:00Z",
  }) as Seen;

describe("where nobody looked", () => {
  const box = [36, 35, 37, 36] as const;

  it("is everywhere while nobody did, whatever was reported", () => {
    expect(unseenCells(box, [report("shelling", 36.5, 35.5)]).features).toHaveLength(100);
  });

  it("is not within reach of a post, and is everywhere else", () => {
    const left = unseenCells(box, [report("observation_effort", 36.55, 35.55)]).features.length;
    expect(left).toBeGreaterThanOrEqual(100 - 9);
    expect(left).toBeLessThan(100);
  });

  it("does not follow from an observation without a place", () => {
    expect(unseenCells(box, [report("observation_effort", null, null)]).features).toHaveLength(100);
  });
});

describe("where a report is drawn", () => {
  it("is its circle, its cell, or nowhere, and never a bare point where an error is known", () => {
    expect(placeOf(report("shelling", 36, 35))?.area?.type).toBe("Polygon");
    expect(placeOf(report("shelling", null, null))).toBeNull();
    const cell = {
      type: "Polygon" as const,
      coordinates: [
        [
          [36, 35],
          [36.1, 35],
          [36.1, 35.1],
          [36, 35.1],
          [36, 35],
        ],
      ],
    };
    const placed = placeOf({ ...report("shelling", null, null), geometry: cell });
    expect(placed?.area).toBe(cell);
    expect(placed?.lon).toBeCloseTo(36.05);
  });
});
