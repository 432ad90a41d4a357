// Where nobody looked, in stretches that can be read: cells of a row that lie beside one another are one.
import type { Feature, FeatureCollection } from "geojson";
import { area, distance, type LonLat } from "./ellipsoid";

export interface Stretch {
  id: string;
  west: number;
  south: number;
  east: number;
  north: number;
  ofZone: boolean;
  /** How often access was refused or delayed there. */
  refused: number;
  /** Square metres on the ellipsoid. */
  area: number;
}

const CLOSE_DEG = 1e-6;

function cellOf(feature: Feature): Stretch | null {
  if (feature.geometry.type !== "Polygon" || feature.properties?.nobody !== true) return null;
  const ring = feature.geometry.coordinates[0] ?? [];
  const [lons, lats] = [0, 1].map((at) => ring.map((place) => place[at] ?? 0)) as [number[], number[]];
  return {
    id: String(feature.id),
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
    ofZone: feature.properties.of_zone === true,
    refused: Number(feature.properties.refused ?? 0),
    area: 0,
  };
}

/** The stretches of ground in which nobody looked: those of zones first, then the larger ones. */
export function stretchesOf(ground: FeatureCollection): Stretch[] {
  const cells = ground.features
    .flatMap((one) => cellOf(one) ?? [])
    .sort((one, other) => other.south - one.south || one.west - other.west);
  const found: Stretch[] = [];
  for (const cell of cells) {
    const last = found.at(-1);
    const beside =
      last !== undefined &&
      last.south === cell.south &&
      last.ofZone === cell.ofZone &&
      Math.abs(last.east - cell.west) < CLOSE_DEG;
    if (beside) {
      last.east = cell.east;
      last.refused += cell.refused;
    } else found.push({ ...cell });
  }
  for (const one of found)
    one.area = area([
      [one.west, one.south],
      [one.east, one.south],
      [one.east, one.north],
      [one.west, one.north],
    ]);
  return found.sort((one, other) => Number(other.ofZone) - Number(one.ofZone) || other.area - one.area);
}

/** The named place nearest to the middle of a stretch, and how far it is in metres; null where there is none. */
export function nearestTown(one: Stretch, towns: FeatureCollection): { town: Feature; far: number } | null {
  const middle: LonLat = [(one.west + one.east) / 2, (one.south + one.north) / 2];
  let best: { town: Feature; far: number } | null = null;
  for (const town of towns.features) {
    if (town.geometry.type !== "Point") continue;
    const [lon = 0, lat = 0] = town.geometry.coordinates;
    const far = distance(middle, [lon, lat]);
    if (!best || far < best.far) best = { town, far };
  }
  return best;
}
