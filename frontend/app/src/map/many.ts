// Reports in such numbers that the server hands them out as vector tiles: one by one where there are few in a
// tile, as the circle that holds the true place; where there are many, counted in cells.
import type { LayerSpecification, Map as LibreMap } from "maplibre-gl";
import type { Palette } from "./palette";

const SOURCE = "many";
const LAYER = "observations";
const IDS = ["many-area", "many-single", "many-count", "many-number"] as const;
export const MANY_PICKABLE = ["many-single", "many-area"];

const EARTH_M = 40_075_016.686;
const TILE_PX = 512;

/** How many pixels a metre is at zoom 0, at a latitude, on the map's Mercator projection. */
export const pixelsAtZoom0 = (lat: number): number => TILE_PX / (EARTH_M * Math.cos((lat * Math.PI) / 180));

export function removeMany(map: LibreMap): void {
  for (const id of IDS) if (map.getLayer(id)) map.removeLayer(id);
  if (map.getSource(SOURCE)) map.removeSource(SOURCE);
}

export function addMany(map: LibreMap, tiles: string, lat: number, colours: Palette): void {
  map.addSource(SOURCE, { type: "vector", tiles: [tiles], minzoom: 0, maxzoom: 14 });
  const shared = { source: SOURCE, "source-layer": LAYER } as const;
  const onePixel = pixelsAtZoom0(lat);
  const metres = ["max", 1, ["coalesce", ["get", "error_m"], 1]];
  const layers = [
    {
      id: "many-area",
      type: "fill",
      ...shared,
      filter: ["==", ["get", "area"], true],
      paint: { "fill-color": colours.other, "fill-opacity": 0.2, "fill-outline-color": colours.ink },
    },
    {
      id: "many-single",
      type: "circle",
      ...shared,
      filter: ["all", ["has", "id"], ["!=", ["get", "area"], true]],
      paint: {
        // The circle has its radius on the ground, so it doubles with every zoom.
        "circle-radius": [
          "interpolate",
          ["exponential", 2],
          ["zoom"],
          0,
          ["max", 0.5, ["*", metres, onePixel]],
          20,
          ["*", metres, onePixel * 2 ** 20],
        ],
        "circle-color": colours.other,
        "circle-opacity": 0.08,
        "circle-stroke-color": colours.other,
        "circle-stroke-width": 1,
      },
    },
    {
      id: "many-count",
      type: "circle",
      ...shared,
      filter: ["all", ["has", "count"], ["!=", ["get", "area"], true]],
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 2, 12, 16],
        "circle-color": colours.other,
        "circle-opacity": 0.35,
      },
    },
    {
      id: "many-number",
      type: "symbol",
      ...shared,
      filter: ["all", ["has", "count"], ["!=", ["get", "area"], true]],
      layout: {
        "text-field": ["to-string", ["get", "count"]],
        "text-font": ["Noto Sans"],
        "text-size": 11,
      },
      paint: { "text-color": colours.ink },
    },
  ];
  for (const layer of layers) map.addLayer(layer as unknown as LayerSpecification);
}
