// Reports in such numbers that the server hands them out as vector tiles: one by one where there are few in a
// tile, as the circle that holds the true place; where there are many, counted in cells. A cell says how many
// it holds of each layer: it has the colour and the sign of the one with the most of those that are switched on.
import type { ExpressionSpecification, LayerSpecification, Map as LibreMap } from "maplibre-gl";
import type { Palette } from "./palette";

const SOURCE = "many";
const LAYER = "observations";
const IDS = ["many-area", "many-single", "many-count", "many-sign", "many-number"] as const;
export const MANY_PICKABLE = ["many-single", "many-area"];
export const FAMILIES = ["military", "withdrawal", "access", "other"] as const;
export type Family = (typeof FAMILIES)[number];

const EARTH_M = 40_075_016.686;
const TILE_PX = 512;

/** How many pixels a metre is at zoom 0, at a latitude, on the map's Mercator projection. */
export const pixelsAtZoom0 = (lat: number): number => TILE_PX / (EARTH_M * Math.cos((lat * Math.PI) / 180));

export interface ManyAsked {
  /** The address of the tiles. */
  tiles: string;
  lat: number;
  families: readonly Family[];
  synthetic: boolean;
}

/** How many reports of a feature belong to the families that are on; one by itself belongs to its own. */
export function countOf(families: readonly Family[]): ExpressionSpecification {
  const own = (family: Family): unknown => ["coalesce", ["get", family], 0];
  const alone = ["case", ["in", ["get", "layer"], ["literal", [...families]]], 1, 0];
  if (families.length === 0) return ["literal", 0] as unknown as ExpressionSpecification;
  return ["case", ["has", "count"], ["+", ...families.map(own)], alone] as unknown as ExpressionSpecification;
}

/** One value for each family: that of the family with the most reports of those that are on. */
export function byMost(families: readonly Family[], values: Record<Family, string>): ExpressionSpecification {
  const own = (family: Family): unknown => [
    "coalesce",
    ["get", family],
    ["case", ["==", ["get", "layer"], family], 1, 0],
  ];
  const first = families[0] ?? "other";
  if (families.length < 2) return ["literal", values[first]] as unknown as ExpressionSpecification;
  const most = ["max", ...families.map(own)];
  return [
    "case",
    ...families
      .slice(1)
      .flatMap((family) => [
        ["all", ["==", own(family), most], ["!", ["==", own(first), most]]],
        values[family],
      ]),
    values[first],
  ] as unknown as ExpressionSpecification;
}

export function removeMany(map: LibreMap): void {
  for (const id of IDS) if (map.getLayer(id)) map.removeLayer(id);
  if (map.getSource(SOURCE)) map.removeSource(SOURCE);
}

/** Draws the tiles, or draws those that are there with other families switched on. */
export function drawMany(map: LibreMap, asked: ManyAsked, colours: Palette): void {
  const there = map.getSource(SOURCE) as { tiles?: string[] } | undefined;
  if (there && there.tiles?.[0] !== asked.tiles) removeMany(map);
  if (!map.getSource(SOURCE))
    map.addSource(SOURCE, { type: "vector", tiles: [asked.tiles], minzoom: 0, maxzoom: 14 });
  for (const id of IDS) if (map.getLayer(id)) map.removeLayer(id);
  const { families } = asked;
  if (families.length === 0) return;
  const shared = { source: SOURCE, "source-layer": LAYER } as const;
  const onePixel = pixelsAtZoom0(asked.lat);
  const metres = ["max", 1, ["coalesce", ["get", "error_m"], 1]];
  const count = countOf(families);
  const colour = byMost(families, colours);
  const told = [
    "all",
    [">", count, 0],
    ...(asked.synthetic ? [] : [["!", ["to-boolean", ["get", "synthetic"]]]]),
  ];
  const area = ["==", ["get", "area"], true];
  const cell = ["all", told, ["has", "count"], ["!", area]];
  const layers = [
    {
      id: "many-area",
      type: "fill",
      ...shared,
      filter: ["all", told, area],
      paint: {
        "fill-color": colour,
        "fill-opacity": ["interpolate", ["linear"], ["ln", count], 0, 0.08, 8, 0.45],
        "fill-outline-color": colour,
      },
    },
    {
      id: "many-single",
      type: "circle",
      ...shared,
      filter: ["all", told, ["!", ["has", "count"]]],
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
        "circle-color": colour,
        "circle-opacity": 0.08,
        "circle-stroke-color": colour,
        "circle-stroke-width": 1,
        "circle-stroke-opacity": ["case", ["to-boolean", ["get", "synthetic"]], 0.45, 0.9],
      },
    },
    {
      id: "many-count",
      type: "circle",
      ...shared,
      filter: cell,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["ln", count], 0, 2, 12, 16],
        "circle-color": colour,
        "circle-opacity": ["case", ["to-boolean", ["get", "synthetic"]], 0.2, 0.4],
      },
    },
    {
      id: "many-sign",
      type: "symbol",
      ...shared,
      filter: cell,
      layout: {
        "icon-image": byMost(
          families,
          Object.fromEntries(FAMILIES.map((one) => [one, `sign-${one}`])) as Record<Family, string>,
        ),
        "icon-size": ["interpolate", ["linear"], ["ln", count], 0, 0.2, 12, 0.5],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
      paint: { "icon-opacity": ["case", ["to-boolean", ["get", "synthetic"]], 0.5, 1] },
    },
    {
      id: "many-number",
      type: "symbol",
      ...shared,
      minzoom: 7,
      filter: ["all", cell, [">=", count, 10]],
      layout: {
        "text-field": ["to-string", count],
        "text-font": ["Noto Sans"],
        "text-size": 11,
        "text-anchor": "top",
        "text-offset": [0, 0.7],
      },
      paint: { "text-color": colours.ink, "text-halo-color": colours.casing, "text-halo-width": 1.2 },
    },
  ];
  // Beneath the line and the zones' edges nothing is hidden; above, reports come first.
  for (const layer of layers) map.addLayer(layer as unknown as LayerSpecification, "measure-fill");
}
