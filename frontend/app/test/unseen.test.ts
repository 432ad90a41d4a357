import fc from "fast-check";
import type { FeatureCollection } from "geojson";
import { describe, expect, it } from "vitest";
import { nearestTown, stretchesOf } from "../src/map/unseen";

interface Cell {
  nobody: boolean;
  of_zone: boolean;
  refused: number;
}

const SIDE = 0.1;

function ground(rows: readonly (readonly Cell[])[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: rows.flatMap((cells, row) =>
      cells.map((properties, column) => {
        const [west, south] = [36 + column * SIDE, 35 + row * SIDE].map((one) => Number(one.toFixed(6))) as [
          number,
          number,
        ];
        const [east, north] = [west + SIDE, south + SIDE].map((one) => Number(one.toFixed(6))) as [
          number,
          number,
        ];
        return {
          type: "Feature" as const,
          id: `${column}-${row}`,
          properties,
          geometry: {
            type: "Polygon" as const,
            coordinates: [
              [
                [west, south],
                [east, south],
                [east, north],
                [west, north],
                [west, south],
              ],
            ],
          },
        };
      }),
    ),
  };
}

const cell = fc.record({ nobody: fc.boolean(), of_zone: fc.boolean(), refused: fc.nat(3) });
const grid = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe("where nobody looked, as a table", () => {
  it("covers every cell in which nobody looked once, and no other", () => {
    fc.assert(
      fc.property(grid, (rows) => {
        const found = stretchesOf(ground(rows));
        rows.forEach((cells, row) => {
          cells.forEach((one, column) => {
            const [lon, lat] = [36 + (column + 0.5) * SIDE, 35 + (row + 0.5) * SIDE];
            const over = found.filter(
              (each) => each.west < lon && lon < each.east && each.south < lat && lat < each.north,
            );
            expect(over.map((each) => each.ofZone)).toEqual(one.nobody ? [one.of_zone] : []);
          });
        });
        const refused = rows.flat().reduce((sum, one) => sum + (one.nobody ? one.refused : 0), 0);
        expect(found.reduce((sum, one) => sum + one.refused, 0)).toBe(refused);
      }),
      { numRuns: 60 },
    );
  });

  it("tells the ground of zones first, and as one stretch what lies side by side", () => {
    const out = { nobody: true, of_zone: false, refused: 0 };
    const inside = { nobody: true, of_zone: true, refused: 1 };
    const found = stretchesOf(
      ground([
        [out, out, inside],
        [{ ...out, nobody: false }, out, out],
      ]),
    );
    expect(found.map((one) => [one.ofZone, one.id])).toEqual([
      [true, "2-0"],
      [false, "0-0"],
      [false, "1-1"],
    ]);
    // 0.2 by 0.1 degrees at 35 degrees north: about 18.2 by 11.1 km.
    expect(found[1]?.area).toBeGreaterThan(200e6);
    expect(found[1]?.area).toBeLessThan(205e6);
  });

  it("names the nearest place", () => {
    const [one] = stretchesOf(ground([[{ nobody: true, of_zone: false, refused: 0 }]]));
    const towns: FeatureCollection = {
      type: "FeatureCollection",
      features: [
        [40, 35],
        [36.05, 35.06],
      ].map((coordinates, id) => ({
        type: "Feature",
        id,
        properties: {},
        geometry: { type: "Point", coordinates },
      })),
    };
    const near = one && nearestTown(one, towns);
    expect(near?.town.id).toBe(1);
    expect(near?.far).toBeGreaterThan(1_000);
    expect(near?.far).toBeLessThan(1_200);
  });
});
