// Names of places as HTML, so that the browser shapes Arabic itself and no glyph has to be fetched. The larger
// place keeps its name where two would lie on one another.
import type { FeatureCollection } from "geojson";
import { type Map as LibreMap, Marker } from "maplibre-gl";
import type { Language } from "../words/languages";

interface Town {
  marker: Marker;
  element: HTMLElement;
  rank: number;
  lon: number;
  lat: number;
}

const ZOOM_OF_RANK: Record<number, number> = { 1: 0, 2: 7.4, 3: 8.6 };

export class Towns {
  private towns: Town[] = [];
  private shown = true;

  constructor(private readonly map: LibreMap) {
    map.on("move", () => this.place());
  }

  set(data: FeatureCollection, language: Language): void {
    for (const town of this.towns) town.marker.remove();
    this.towns = data.features.flatMap((feature) => {
      if (feature.geometry.type !== "Point") return [];
      const [lon = 0, lat = 0] = feature.geometry.coordinates;
      const names = (feature.properties?.names ?? {}) as Record<string, string>;
      const own = names[language] ?? names.en ?? Object.values(names)[0] ?? "";
      const other = language === "ar" ? names.en : names.ar;
      const element = document.createElement("div");
      element.className = `town town-${feature.properties?.rank ?? 3}`;
      element.setAttribute("aria-hidden", "true");
      const dot = document.createElement("i");
      const first = document.createElement("span");
      first.textContent = own;
      element.append(dot, first);
      if (other && other !== own) {
        const second = document.createElement("small");
        second.textContent = other;
        second.lang = language === "ar" ? "en" : "ar";
        first.append(document.createElement("br"), second);
      }
      const marker = new Marker({ element, anchor: "left", offset: [-4, 0] })
        .setLngLat([lon, lat])
        .addTo(this.map);
      return [{ marker, element, rank: Number(feature.properties?.rank ?? 3), lon, lat }];
    });
    this.towns.sort((one, other) => one.rank - other.rank);
    this.place();
  }

  show(shown: boolean): void {
    this.shown = shown;
    this.place();
  }

  private place(): void {
    const zoom = this.map.getZoom();
    const taken: [number, number][] = [];
    for (const town of this.towns) {
      const at = this.map.project([town.lon, town.lat]);
      const free = taken.every(([x, y]) => Math.abs(x - at.x) > 92 || Math.abs(y - at.y) > 34);
      const visible = this.shown && free && zoom >= (ZOOM_OF_RANK[town.rank] ?? 9);
      if (visible) taken.push([at.x, at.y]);
      town.element.hidden = !visible;
    }
  }
}
