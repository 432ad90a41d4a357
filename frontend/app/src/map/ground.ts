// Zones, lines and routes as the server tells them, made ready for the map's layers.
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";

const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

/** Each zone as two areas: all ground that may be its own, and what surely is. */
export function zoneParts(zones: FeatureCollection): FeatureCollection {
  return collection(
    zones.features.flatMap((zone): Feature[] => {
      const inner = (zone.properties?.inner ?? null) as Geometry | null;
      const outer: Feature = {
        type: "Feature",
        properties: { id: zone.id, part: "outer" },
        geometry: zone.geometry,
      };
      return inner
        ? [outer, { type: "Feature", properties: { id: zone.id, part: "inner" }, geometry: inner }]
        : [outer];
    }),
  );
}

const EARTH_M = 40_075_016.686;
const TILE_PX = 512;

/** How many pixels that many metres are at zoom 0, at a latitude, on the map's Mercator projection. */
export const pixelsAtZoom0 = (metres: number, lat: number): number =>
  (metres / (EARTH_M * Math.cos((lat * Math.PI) / 180))) * TILE_PX;

/** Each line with the width of the band that holds the true line, in pixels at zoom 0. */
export function linesWithBands(lines: FeatureCollection): FeatureCollection {
  return collection(
    lines.features.map((line) => {
      const told = line.properties?.uncertainty_m as number | number[] | undefined;
      const metres = Array.isArray(told) ? Math.max(...told) : (told ?? 0);
      return {
        ...line,
        properties: { ...line.properties, band: pixelsAtZoom0(2 * metres, middleLat(line.geometry)) },
      };
    }),
  );
}

function middleLat(geometry: Geometry): number {
  if (geometry.type !== "LineString" && geometry.type !== "MultiLineString") return 0;
  const all = (
    geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates.flat()
  ) as Position[];
  return all[Math.floor(all.length / 2)]?.[1] ?? 0;
}

/** Each route with its status beside its name, so that the map can choose a dash for it. */
export function routesWithStatus(routes: FeatureCollection): FeatureCollection {
  return collection(
    routes.features.map((route) => {
      const status = (route.properties?.route as { status?: string } | null)?.status ?? "unverified";
      return { ...route, properties: { id: route.id, status } };
    }),
  );
}
