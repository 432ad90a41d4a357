import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { FAMILIES } from "./many";
import type { Palette } from "./palette";

export const LAYERS = [
  "zones",
  "depth",
  "lines",
  "routes",
  "sectors",
  "coverage",
  "towns",
  "districts",
  "military",
  "withdrawal",
  "access",
  "other",
  "synthetic",
  "unseen",
] as const;
export type LayerName = (typeof LAYERS)[number];
export const OFF_BY_DEFAULT: readonly LayerName[] = ["sectors", "coverage", "synthetic", "unseen"];

const nothing = { type: "FeatureCollection", features: [] } as const;

/** Which of the style's layers each layer of the legend stands for. */
export function styleLayers(name: LayerName): readonly string[] {
  switch (name) {
    case "zones":
      return ["zone-outer", "zone-inner", "zone-edge", "zone-inner-edge"];
    case "depth":
      return DEPTHS.map((state) => `depth-${state}`);
    case "sectors":
      return ["sector-edge"];
    case "coverage":
      return ["coverage", "coverage-none", "coverage-edge"];
    case "lines":
      return ["band", "line-casing", "line"];
    case "routes":
      return ["route-casing", "route-solid", "route-partly", "route-closed", "route-unverified"];
    case "unseen":
      return ["unseen"];
    case "districts":
      return ["districts"];
    default:
      return [];
  }
}

export const DEPTHS = ["within", "limited", "short", "over"] as const;
/** Width and dashes of each state of depth: it reads without its colour. */
const DEPTH_LINES: Record<(typeof DEPTHS)[number], [number, number[] | null]> = {
  within: [3, null],
  limited: [2.5, [0.6, 1.6]],
  short: [6, [1.2, 0.6]],
  over: [6, [0.3, 0.5]],
};

const familyColour = (colours: Palette): unknown => [
  "match",
  ["get", "layer"],
  ...FAMILIES.flatMap((one) => [one, colours[one]]),
  colours.other,
];

export function styleOf(colours: Palette): StyleSpecification {
  const geojson = (): StyleSpecification["sources"][string] => ({
    type: "geojson",
    data: nothing as unknown as GeoJSON.FeatureCollection,
  });
  const old = ["case", ["get", "old"], 0.35, 1] as const;
  const layers: unknown[] = [
    { id: "water", type: "background", paint: { "background-color": colours.water } },
    { id: "world", type: "fill", source: "world", paint: { "fill-color": colours.land } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land } },
    {
      id: "world-borders",
      type: "line",
      source: "world",
      paint: { "line-color": colours.border, "line-width": 0.8 },
      maxzoom: 7,
    },
    {
      id: "land-borders",
      type: "line",
      source: "land",
      paint: { "line-color": colours.border, "line-width": 1.2 },
    },
    {
      id: "districts",
      type: "line",
      source: "districts",
      minzoom: 6.5,
      paint: { "line-color": colours.district, "line-width": 0.6 },
    },
    {
      id: "unseen",
      type: "fill",
      source: "unseen",
      filter: ["get", "nobody"],
      paint: { "fill-pattern": "hatch" },
    },
    {
      id: "coverage",
      type: "fill",
      source: "sectors",
      filter: [">", ["coalesce", ["get", "most"], 0], 0],
      paint: {
        "fill-color": colours.effort,
        "fill-opacity": ["interpolate", ["linear"], ["get", "least"], 0, 0.08, 1, 0.7],
      },
    },
    {
      id: "coverage-none",
      type: "fill",
      source: "sectors",
      filter: ["==", ["get", "most"], 0],
      paint: { "fill-pattern": "hatch-patrol" },
    },
    {
      id: "zone-outer",
      type: "fill",
      source: "zones",
      filter: ["==", ["get", "part"], "outer"],
      paint: { "fill-color": colours.zone, "fill-opacity": 0.16 },
    },
    {
      id: "zone-inner",
      type: "fill",
      source: "zones",
      filter: ["==", ["get", "part"], "inner"],
      paint: { "fill-color": colours.zone, "fill-opacity": 0.16 },
    },
    {
      id: "zone-edge",
      type: "line",
      source: "zones",
      filter: ["==", ["get", "part"], "outer"],
      paint: { "line-color": colours.zone, "line-width": 1.5, "line-dasharray": [4, 2] },
    },
    {
      id: "zone-inner-edge",
      type: "line",
      source: "zones",
      filter: ["==", ["get", "part"], "inner"],
      paint: { "line-color": colours.zone, "line-width": 0.8 },
    },
    ...["sector-edge", "coverage-edge"].map((id) => ({
      id,
      type: "line",
      source: "sectors",
      paint: { "line-color": colours.ink, "line-width": 1.2, "line-dasharray": [3, 2] },
    })),
    {
      id: "band",
      type: "fill",
      source: "lines",
      filter: ["==", ["get", "part"], "band"],
      paint: { "fill-color": colours.line, "fill-opacity": 0.1 },
    },
    {
      id: "route-casing",
      type: "line",
      source: "routes",
      layout: { "line-cap": "round" },
      paint: { "line-color": colours.casing, "line-width": 7 },
    },
    {
      id: "route-solid",
      type: "line",
      source: "routes",
      filter: ["==", ["get", "status"], "open"],
      paint: { "line-color": colours["route-open"], "line-width": 4 },
    },
    {
      id: "route-partly",
      type: "line",
      source: "routes",
      filter: ["==", ["get", "status"], "partly_open"],
      paint: { "line-color": colours["route-partly"], "line-width": 4, "line-dasharray": [4, 1] },
    },
    {
      id: "route-closed",
      type: "line",
      source: "routes",
      filter: ["==", ["get", "status"], "closed"],
      paint: { "line-color": colours["route-closed"], "line-width": 4, "line-dasharray": [1.2, 1.2] },
    },
    {
      id: "route-unverified",
      type: "line",
      source: "routes",
      filter: ["!", ["in", ["get", "status"], ["literal", ["open", "partly_open", "closed"]]]],
      paint: { "line-color": colours["route-unverified"], "line-width": 3, "line-dasharray": [0.4, 2] },
      layout: { "line-cap": "round" },
    },
    {
      id: "line-casing",
      type: "line",
      source: "lines",
      filter: ["==", ["get", "part"], "line"],
      paint: { "line-color": colours.casing, "line-width": 6 },
    },
    {
      id: "line",
      type: "line",
      source: "lines",
      filter: ["==", ["get", "part"], "line"],
      paint: { "line-color": colours.line, "line-width": 3, "line-dasharray": [3, 1.4] },
    },
    // Beside the line, on the side of the zone.
    ...DEPTHS.map((state) => {
      const [width, dashes] = DEPTH_LINES[state];
      return {
        id: `depth-${state}`,
        type: "line",
        source: "depth",
        filter: ["==", ["get", "state"], state],
        paint: {
          "line-color": colours[`depth-${state}`],
          "line-width": width,
          "line-offset": ["case", ["==", ["get", "side"], "left"], -7, 7],
          ...(dashes ? { "line-dasharray": dashes } : {}),
        },
      };
    }),
    {
      id: "seen-area",
      type: "fill",
      source: "seen-areas",
      paint: { "fill-color": familyColour(colours), "fill-opacity": ["case", ["get", "old"], 0.03, 0.1] },
    },
    {
      id: "seen-edge",
      type: "line",
      source: "seen-areas",
      filter: ["!", ["get", "synthetic"]],
      paint: { "line-color": familyColour(colours), "line-width": 1.4, "line-opacity": old },
    },
    {
      id: "seen-edge-synthetic",
      type: "line",
      source: "seen-areas",
      filter: ["get", "synthetic"],
      paint: {
        "line-color": familyColour(colours),
        "line-width": 1.2,
        "line-dasharray": [2, 2],
        "line-opacity": old,
      },
    },
    {
      id: "selected-edge",
      type: "line",
      source: "selected",
      paint: { "line-color": colours["select-ring"], "line-width": 4 },
    },
    {
      id: "seen-mark",
      type: "symbol",
      source: "seen-marks",
      layout: {
        "icon-image": ["concat", "sign-", ["get", "layer"]],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 6, 0.45, 10, 0.8],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
      paint: { "icon-opacity": old },
    },
    {
      id: "station",
      type: "circle",
      source: "station",
      paint: {
        "circle-radius": 7,
        "circle-color": colours["select-ring"],
        "circle-stroke-color": colours.ink,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "measure-fill",
      type: "fill",
      source: "measure",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colours.measure, "fill-opacity": 0.12 },
    },
    {
      id: "measure-line",
      type: "line",
      source: "measure",
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": colours.measure, "line-width": 2.5 },
    },
    {
      id: "measure-point",
      type: "circle",
      source: "measure",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 5,
        "circle-color": colours.casing,
        "circle-stroke-color": colours.measure,
        "circle-stroke-width": 2.5,
      },
    },
  ];
  return {
    version: 8,
    sources: {
      world: geojson(),
      land: geojson(),
      districts: geojson(),
      unseen: geojson(),
      sectors: geojson(),
      depth: geojson(),
      station: geojson(),
      zones: geojson(),
      lines: geojson(),
      routes: geojson(),
      "seen-areas": geojson(),
      "seen-marks": geojson(),
      selected: geojson(),
      measure: geojson(),
    },
    layers: layers as LayerSpecification[],
  };
}

/** The signs of the families as images: the shapes of the legend, each with an edge against the ground. */
export function signImages(colours: Palette): Record<string, ImageData> {
  const size = 40;
  const images: Record<string, ImageData> = {
    hatch: hatch(colours.unseen),
    "hatch-patrol": hatch(colours.effort, true),
  };
  for (const family of FAMILIES) {
    const canvas = document.createElement("canvas");
    canvas.width = size;
    canvas.height = size;
    const pen = canvas.getContext("2d");
    if (!pen) continue;
    pen.scale(size / 16, size / 16);
    pen.beginPath();
    if (family === "military") {
      pen.moveTo(8, 2);
      pen.lineTo(14.5, 13.5);
      pen.lineTo(1.5, 13.5);
    } else if (family === "withdrawal") pen.rect(2.5, 2.5, 11, 11);
    else if (family === "access") {
      pen.moveTo(8, 1.5);
      pen.lineTo(14.5, 8);
      pen.lineTo(8, 14.5);
      pen.lineTo(1.5, 8);
    } else pen.arc(8, 8, 5.5, 0, 2 * Math.PI);
    pen.closePath();
    pen.fillStyle = colours[family];
    pen.strokeStyle = colours.casing;
    pen.lineWidth = 1.4;
    pen.fill();
    pen.stroke();
    images[`sign-${family}`] = pen.getImageData(0, 0, size, size);
  }
  return images;
}

/** Lines aslant, for ground that nobody looked at or patrolled: it reads without colour. */
function hatch(colour: string, mirrored = false): ImageData {
  const size = 24;
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(size, size);
  pen.strokeStyle = colour;
  pen.globalAlpha = 0.45;
  pen.lineWidth = 1.2;
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, mirrored ? 0 : size);
    pen.lineTo(shift + size, mirrored ? size : 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
