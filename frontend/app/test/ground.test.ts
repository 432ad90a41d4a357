import type { Feature } from "geojson";
import { describe, expect, it } from "vitest";
import { spells } from "../src/board/trend";
import { chartOf, stationAt, stepOf } from "../src/map/depth-chart";
import { middleOf } from "../src/map/sectors";
import type { DepthSide } from "../src/server/schema";

const side = (more: Partial<DepthSide> = {}): DepthSide => ({
  side: "left",
  line: "front",
  verdict: "too_shallow",
  certain: true,
  length_m: 1000,
  promised: [{ from_m: 0, to_m: 1000, least_m: 100, most_m: 200 }],
  min_depth_m: 50,
  max_depth_m: 200,
  mean_depth_m: 150,
  share_within: 0.75,
  shortfalls: [{ from_m: 500, to_m: 750, worst_m: 50 }],
  excesses: [],
  s_m: [125, 375, 625, 875],
  depth_m: [200, 200, 50, 40],
  limited: [false, false, false, true],
  places: [],
  bounds: [],
  ...more,
});

describe("the chart of a zone's depth", () => {
  it("runs from the start of the line to its end, and mirrored where one reads from the right", () => {
    for (const mirrored of [false, true]) {
      const chart = chartOf(side(), 500, 170, mirrored);
      expect(chart.along(chart.x(0))).toBeCloseTo(125, 0);
      expect(chart.along(chart.x(3))).toBeCloseTo(875, 0);
      expect(chart.x(0) < chart.x(3)).toBe(!mirrored);
      expect(chart.y(2)).toBeGreaterThan(chart.y(0));
    }
  });

  it("blames the zone only where the line's own bends are not what ends it", () => {
    const chart = chartOf(side(), 500, 170, false);
    expect(chart.profile.match(/L/g)).toHaveLength(2);
    expect(chart.limited.match(/L/g)).toHaveLength(1);
    expect(chart.spans.map((one) => one.state)).toEqual(["short"]);
    const [span] = chart.spans;
    expect(chart.along(span?.x ?? 0)).toBeCloseTo(500, 0);
    expect(chart.along((span?.x ?? 0) + (span?.width ?? 0))).toBeCloseTo(750, 0);
  });

  it("finds the nearest station", () => {
    const found = [-50, 0, 249, 251, 600, 5000].map((along) => stationAt(side(), along));
    expect(found).toEqual([0, 0, 0, 1, 2, 3]);
  });

  it("names at most so many round places", () => {
    for (const [length, most] of [
      [257_952, 8],
      [20_000, 4],
      [7, 5],
    ] as const) {
      const step = stepOf(length, most);
      expect(length / step).toBeLessThanOrEqual(most);
      expect(["1", "2", "5"]).toContain(step.toPrecision(1)[0]);
    }
  });
});

describe("a trend", () => {
  it("breaks where the status changes, because the probability is then of something else", () => {
    const past = {
      id: "one",
      status: [null, "not_due", "not_due", "overdue"] as const,
      probability: [null, 0.2, 0.3, 0.8],
    };
    const found = spells({ ...past, status: [...past.status] }, { status: "overdue", probability: 0.9 });
    expect(found.map((one) => [one.status, one.points.map((point) => point.step)])).toEqual([
      ["not_due", [1, 2]],
      ["overdue", [3, 4]],
    ]);
    expect(found[1]?.points.at(-1)?.p).toBe(0.9);
  });

  it("is the present alone where there is no past", () => {
    const found = spells({ id: "one", status: [], probability: [] }, { status: "met", probability: 1 });
    expect(found).toEqual([{ status: "met", points: [{ step: 0, p: 1 }] }]);
  });
});

it("a sector is named in the middle of its largest part", () => {
  const square = (x: number, size: number): number[][] => [
    [x, 0],
    [x + size, 0],
    [x + size, size],
    [x, size],
    [x, 0],
  ];
  const feature: Feature = {
    type: "Feature",
    properties: {},
    geometry: { type: "MultiPolygon", coordinates: [[square(0, 1)], [square(10, 4)]] },
  };
  expect(middleOf(feature)).toEqual([12, 2]);
  expect(middleOf({ ...feature, geometry: { type: "Point", coordinates: [0, 0] } })).toBeNull();
});
