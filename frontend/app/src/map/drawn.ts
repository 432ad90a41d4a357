// From what the server answers to what the map draws. A report is drawn as the area that holds its true place
// with 95% probability, or as the cell or area that is told; the mark in its middle says the kind.
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { layerOf } from "../../../shared/layers";
import type { Seen } from "../server/types";
import { circle } from "./ellipsoid";

const OLD_AFTER_MS = 30 * 86_400_000;

export interface Drawn {
  areas: FeatureCollection;
  marks: FeatureCollection;
}

export interface Placed {
  lon: number;
  lat: number;
  area: Geometry | null;
}

function positions(geometry: Geometry): Position[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(positions);
  const flat = (value: unknown): Position[] =>
    Array.isArray(value) && typeof value[0] === "number"
      ? [value as Position]
      : (value as unknown[]).flatMap(flat);
  return flat(geometry.coordinates);
}

/** Where a report is drawn; null where it has no place. */
export function placeOf(one: Seen): Placed | null {
  if (one.geometry && one.geometry.type !== "Point") {
    const all = positions(one.geometry);
    const lons = all.map((place) => place[0] ?? 0);
    const lats = all.map((place) => place[1] ?? 0);
    const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
    return all.length === 0 ? null : { lon: middle(lons), lat: middle(lats), area: one.geometry };
  }
  if (typeof one.lon !== "number" || typeof one.lat !== "number") return null;
  const area: Geometry | null =
    one.error_m && one.error_m > 0
      ? { type: "Polygon", coordinates: [circle([one.lon, one.lat], one.error_m)] }
      : null;
  return { lon: one.lon, lat: one.lat, area };
}

export function drawSeen(seen: readonly Seen[], asOf: Date): Drawn {
  const groups = new Map<string, { placed: Placed; reports: Seen[] }>();
  for (const one of seen) {
    const layer = layerOf(one.family ?? "");
    const key = `${JSON.stringify(one.geometry) ?? ""} ${one.lon} ${one.lat} ${one.error_m ?? ""} ${layer} ${one.synthetic ? 1 : 0}`;
    const group = groups.get(key);
    if (group) {
      group.reports.push(one);
      continue;
    }
    const placed = placeOf(one);
    if (placed) groups.set(key, { placed, reports: [one] });
  }
  const areas: Feature[] = [];
  const marks: Feature[] = [];
  for (const { placed, reports } of groups.values()) {
    const newest = reports.reduce((one, other) => (other.occurred_to > one.occurred_to ? other : one));
    const properties = {
      id: newest.id,
      ids: reports.map((one) => one.id).join(" "),
      count: reports.length,
      layer: layerOf(newest.family ?? ""),
      synthetic: newest.synthetic === true,
      old: asOf.getTime() - Date.parse(newest.occurred_to) > OLD_AFTER_MS,
    };
    if (placed.area) areas.push({ type: "Feature", properties, geometry: placed.area });
    marks.push({
      type: "Feature",
      properties,
      geometry: { type: "Point", coordinates: [placed.lon, placed.lat] },
    });
  }
  // Large areas lie beneath small ones, so that these can be chosen.
  areas.sort((one, other) => height(other) - height(one));
  return {
    areas: { type: "FeatureCollection", features: areas },
    marks: { type: "FeatureCollection", features: marks },
  };
}

function height(feature: Feature): number {
  const lats = positions(feature.geometry).map((place) => place[1] ?? 0);
  return Math.max(...lats) - Math.min(...lats);
}
