// Names of sectors as HTML, as those of towns; with what share of each was patrolled where that is drawn.
import type { Feature, FeatureCollection, Position } from "geojson";
import { type Map as LibreMap, Marker } from "maplibre-gl";

/** The middle of a polygon's largest ring, by its area. */
export function middleOf(feature: Feature): [number, number] | null {
  const { geometry } = feature;
  const rings: Position[][] =
    geometry.type === "Polygon"
      ? geometry.coordinates.slice(0, 1)
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1))
        : [];
  let best: [number, number] | null = null;
  let largest = 0;
  for (const ring of rings) {
    let [twice, x, y] = [0, 0, 0];
    ring.slice(1).forEach((to, at) => {
      const [fromX = 0, fromY = 0] = ring[at] ?? [];
      const [toX = 0, toY = 0] = to;
      const cross = fromX * toY - toX * fromY;
      twice += cross;
      x += (fromX + toX) * cross;
      y += (fromY + toY) * cross;
    });
    if (Math.abs(twice) > largest) {
      largest = Math.abs(twice);
      best = [x / (3 * twice), y / (3 * twice)];
    }
  }
  return best;
}

/** Below this zoom the names of sectors would lie on one another. */
const LEAST_ZOOM = 7.6;

export class SectorNames {
  private markers: Marker[] = [];

  constructor(private readonly map: LibreMap) {
    map.on("zoom", () => this.place());
  }

  private place(): void {
    const hidden = this.map.getZoom() < LEAST_ZOOM;
    for (const marker of this.markers) marker.getElement().hidden = hidden;
  }

  set(data: FeatureCollection, nameOf: (feature: Feature) => readonly string[]): void {
    for (const marker of this.markers) marker.remove();
    this.markers = data.features.flatMap((feature) => {
      const at = middleOf(feature);
      if (!at) return [];
      const element = document.createElement("div");
      element.className = "sector-name";
      element.setAttribute("aria-hidden", "true");
      for (const text of nameOf(feature)) {
        const line = document.createElement("span");
        line.textContent = text;
        element.append(line);
      }
      return [new Marker({ element, anchor: "center" }).setLngLat(at).addTo(this.map)];
    });
    this.place();
  }
}
