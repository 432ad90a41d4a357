// Where nobody looked: cells of the ground without an hour of observation. "None seen" there says nothing.
import type { Feature, FeatureCollection } from "geojson";
import type { Seen } from "../server/types";
import { placeOf } from "./drawn";

export const CELL_DEG = 0.1;
const REACH_M = 5_000;
const DEGREE_M = 111_320;

type Box = readonly [west: number, south: number, east: number, north: number];

/** Cells of 0.1 degrees of a box with no report of observation within reach (5 km, or the report's own error). */
export function unseenCells(box: Box, seen: readonly Seen[]): FeatureCollection {
  const looked = seen.filter((one) => one.kind === "observation_effort");
  const cells = new Set<string>();
  const key = (column: number, row: number): string => `${column} ${row}`;
  for (const one of looked) {
    const placed = placeOf(one);
    if (!placed) continue;
    const reach = Math.max(REACH_M, one.error_m ?? 0);
    const high = reach / DEGREE_M;
    const wide = high / Math.max(0.1, Math.cos((placed.lat * Math.PI) / 180));
    for (let column = at(placed.lon - wide); column <= at(placed.lon + wide); column += 1)
      for (let row = at(placed.lat - high); row <= at(placed.lat + high); row += 1)
        cells.add(key(column, row));
  }
  const features: Feature[] = [];
  for (let column = at(box[0]); column * CELL_DEG < box[2] - 1e-9; column += 1)
    for (let row = at(box[1]); row * CELL_DEG < box[3] - 1e-9; row += 1) {
      if (cells.has(key(column, row))) continue;
      const [west, south] = [column * CELL_DEG, row * CELL_DEG];
      const [east, north] = [west + CELL_DEG, south + CELL_DEG];
      const ring = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      features.push({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } });
    }
  return { type: "FeatureCollection", features };
}

const at = (degrees: number): number => Math.floor(degrees / CELL_DEG + 1e-9);
