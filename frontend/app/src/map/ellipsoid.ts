// Distances and areas on the WGS 84 ellipsoid (Karney 2013, by GeographicLib). Places are lon, lat in degrees.
import geodesic from "geographiclib-geodesic";

const WGS84 = geodesic.Geodesic.WGS84;
export type LonLat = readonly [lon: number, lat: number];

/** Metres along the geodesic between two places. */
export function distance(one: LonLat, other: LonLat): number {
  return WGS84.Inverse(one[1], one[0], other[1], other[0]).s12 ?? 0;
}

/** Metres along a path of geodesics. */
export function length(path: readonly LonLat[]): number {
  let sum = 0;
  for (let at = 1; at < path.length; at += 1) {
    const [from, until] = [path[at - 1], path[at]];
    if (from && until) sum += distance(from, until);
  }
  return sum;
}

/** Square metres of the polygon whose sides are geodesics; 0 for fewer than three places. */
export function area(path: readonly LonLat[]): number {
  if (path.length < 3) return 0;
  const polygon = WGS84.Polygon(false);
  for (const [lon, lat] of path) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area ?? 0);
}

const RING = 48;

/** The circle of that radius in metres around a place, as a closed ring of lon, lat. */
export function circle([lon, lat]: LonLat, radiusM: number): [number, number][] {
  const ring: [number, number][] = [];
  for (let at = 0; at < RING; at += 1) {
    const end = WGS84.Direct(lat, lon, (-360 * at) / RING, radiusM);
    ring.push([unwrapped(end.lon2 ?? lon, lon), end.lat2 ?? lat]);
  }
  const first = ring[0];
  if (first) ring.push([first[0], first[1]]);
  return ring;
}

/** Places along the geodesic between two, so that it is drawn as it runs; the ends included. */
export function alongGeodesic(one: LonLat, other: LonLat, stepM = 20_000): [number, number][] {
  const total = distance(one, other);
  const steps = Math.max(1, Math.min(200, Math.ceil(total / stepM)));
  const line = WGS84.InverseLine(one[1], one[0], other[1], other[0]);
  const places: [number, number][] = [];
  for (let at = 0; at <= steps; at += 1) {
    const place = line.Position((total * at) / steps);
    places.push([unwrapped(place.lon2 ?? one[0], one[0]), place.lat2 ?? one[1]]);
  }
  return places;
}

// Near the antimeridian a longitude goes on beyond 180 rather than jump to the other side of the map.
function unwrapped(lon: number, near: number): number {
  if (lon - near > 180) return lon - 360;
  if (near - lon > 180) return lon + 360;
  return lon;
}
