// The map itself, behind a small face: what is to be drawn goes in, what was chosen comes out.
import "maplibre-gl/dist/maplibre-gl.css";
import type { Feature, FeatureCollection } from "geojson";
import {
  type GeoJSONSource,
  Map as LibreMap,
  NavigationControl,
  prewarm,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import worldUrl from "world-atlas/countries-50m.json?url";
import type { Look } from "../address/address";
import { type LayerName, signImages, styleLayers, styleOf } from "./layers";
import { drawMany, MANY_PICKABLE, type ManyAsked, removeMany } from "./many";
import { readPalette } from "./palette";
import { keepForPaper } from "./paper";

setWorkerUrl(workerUrl);
// Its own threads load while the page still asks what there is to draw.
prewarm();

export type SourceName =
  | "world"
  | "land"
  | "districts"
  | "zones"
  | "unseen"
  | "sectors"
  | "depth"
  | "station"
  | "lines"
  | "routes"
  | "seen-areas"
  | "seen-marks"
  | "selected"
  | "measure";

export interface ChartEvents {
  onLook(look: Look): void;
  onChoose(ids: readonly string[]): void;
  onPlace(place: [number, number]): void;
  /** A stretch of a zone's line was chosen. */
  onDepth?(zone: string): void;
}

interface Options {
  bounds: [number, number, number, number];
  look: Look | null;
  words: Record<string, string>;
}

let world: Promise<FeatureCollection> | null = null;

/** The countries of Natural Earth 1:50m, which come as TopoJSON and so weigh half. */
function countries(): Promise<FeatureCollection> {
  world ??= fetch(worldUrl)
    .then((answer) => answer.json())
    .then((topology: Topology<{ countries: GeometryCollection }>) =>
      feature(topology, topology.objects.countries),
    );
  return world;
}

/** What is moved further than this while it is pressed is a drag. */
const CLICK_PX = 4;

const PICKABLE = [
  "seen-mark",
  "seen-area",
  "route-solid",
  "route-partly",
  "route-closed",
  "route-unverified",
];

export class Chart {
  readonly map: LibreMap;
  private readonly data = new Map<SourceName, FeatureCollection>();
  private readonly hidden = new Set<LayerName>();
  /** Of each of the style's layers: its source, where that is one that is set here. */
  private readonly sourceOf: ReadonlyMap<string, SourceName>;
  private readonly kept: readonly (() => void)[];
  private taking = false;
  private ended = false;

  constructor(element: HTMLElement, { bounds, look, words }: Options, events: ChartEvents) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const style = styleOf(readPalette());
    this.sourceOf = new Map(
      style.layers.flatMap((one) => ("source" in one ? [[one.id, one.source as SourceName]] : [])),
    );
    this.map = new LibreMap({
      container: element,
      style,
      // It is our own, and checked by a test.
      validateStyle: false,
      ...(look
        ? { center: [look[0], look[1]] as [number, number], zoom: look[2] }
        : { bounds, fitBoundsOptions: { padding: 24 } }),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      minZoom: 2,
      maxZoom: 16,
      // With 0 the library places every sign anew in every frame, in one go.
      fadeDuration: still ? 1 : 200,
      locale: {
        "NavigationControl.ZoomIn": words.zoomIn ?? "",
        "NavigationControl.ZoomOut": words.zoomOut ?? "",
        "Map.Title": words.title ?? "",
      },
    });
    this.kept = [keepForPaper(this.map)];
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    const start = document.documentElement.dir === "rtl" ? "right" : "left";
    this.map.addControl(new NavigationControl({ showCompass: false }), `top-${start}`);
    this.map.addControl(new ScaleControl({ unit: "metric" }), `bottom-${start}`);
    this.map.on("style.load", () => this.fill());
    // The world comes after what was asked for; the workspace's own ground is there before.
    this.map.once("idle", () => {
      countries().then(
        (data) => this.set("world", data),
        // Without it the workspace's own ground and everything of the accord are still drawn.
        () => {},
      );
    });
    this.map.on("moveend", (event) => {
      if (!("originalEvent" in event) && !this.map.isMoving() && !this.moved) return;
      const centre = this.map.getCenter();
      events.onLook([centre.lng, centre.lat, this.map.getZoom()]);
    });
    for (const kind of ["dragstart", "zoomstart"] as const) {
      this.map.on(kind, (event) => {
        if ("originalEvent" in event && event.originalEvent) this.moved = true;
      });
    }
    this.map.getCanvas().addEventListener("keydown", () => {
      this.moved = true;
    });
    // A change of the map's size while it is dragged makes the library forget where the drag began, and take its end
    // for a click.
    let pressed: [number, number] | null = null;
    this.map.getCanvasContainer().addEventListener(
      "pointerdown",
      (event) => {
        pressed = [event.clientX, event.clientY];
      },
      true,
    );
    this.map.on("click", (event) => {
      const { clientX, clientY } = event.originalEvent;
      if (pressed && Math.hypot(clientX - pressed[0], clientY - pressed[1]) > CLICK_PX) return;
      if (this.taking) {
        events.onPlace([event.lngLat.lng, event.lngLat.lat]);
        return;
      }
      const box = 6;
      const { x, y } = event.point;
      const layers = [...PICKABLE, ...MANY_PICKABLE].filter((one) => this.map.getLayer(one));
      const found = this.map.queryRenderedFeatures(
        [
          [x - box, y - box],
          [x + box, y + box],
        ],
        { layers },
      );
      const stretch = found.length === 0 ? this.depthAt(x, y) : null;
      if (stretch) {
        events.onDepth?.(stretch);
        return;
      }
      const marks = found.filter((one) => one.layer.id === "seen-mark");
      const chosen = marks.length > 0 ? marks : found;
      events.onChoose(
        [...new Set(chosen.flatMap((one) => (one.properties.id ? [String(one.properties.id)] : [])))].slice(
          0,
          30,
        ),
      );
    });
    this.map.on("mousemove", (event) => {
      // Looking for what lies beneath costs more than a frame while the map moves, and nothing can be chosen then.
      if (this.map.isMoving()) return;
      const layers = [...PICKABLE, ...MANY_PICKABLE].filter((one) => this.map.getLayer(one));
      const over = !this.taking && this.map.queryRenderedFeatures(event.point, { layers }).length > 0;
      this.map.getCanvas().style.cursor = this.taking ? "crosshair" : over ? "pointer" : "";
    });
  }

  private moved = false;

  /** The zone whose depth is drawn there. */
  private depthAt(x: number, y: number): string | null {
    const layers = styleLayers("depth").filter((one) => this.map.getLayer(one));
    const reach = 10;
    const [found] = this.map.queryRenderedFeatures(
      [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ],
      { layers: [...layers] },
    );
    return found ? String(found.properties.zone) : null;
  }

  set(source: SourceName, data: FeatureCollection): void {
    if (this.ended || this.data.get(source) === data) return;
    const empty = this.isEmpty(source);
    this.data.set(source, data);
    if (empty && this.isEmpty(source)) return;
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
    if (empty !== this.isEmpty(source))
      for (const [id, from] of this.sourceOf) if (from === source) this.seeTo(id);
  }

  private isEmpty(source: SourceName): boolean {
    return (this.data.get(source)?.features.length ?? 0) === 0;
  }

  /** Shows a layer of the style that is on and has something to draw: of others no tile is made, frame by frame. */
  private seeTo(id: string): void {
    if (!this.map.getLayer(id)) return;
    const source = this.sourceOf.get(id);
    const off = [...this.hidden].some((one) => styleLayers(one).includes(id));
    const shown = !off && !(source && this.isEmpty(source));
    this.map.setLayoutProperty(id, "visibility", shown ? "visible" : "none");
  }

  /** Vector tiles of reports, or none. */
  many(asked: ManyAsked | null): void {
    this.tiles = asked;
    if (this.ready) this.fillMany();
  }

  /** Whether the style is there: what was set before it is put in when it comes. */
  private ready = false;
  private tiles: ManyAsked | null = null;

  private fillMany(): void {
    if (this.tiles) drawMany(this.map, this.tiles, readPalette());
    else removeMany(this.map);
  }

  show(layer: LayerName, shown: boolean): void {
    if (shown) this.hidden.delete(layer);
    else this.hidden.add(layer);
    for (const id of styleLayers(layer)) this.seeTo(id);
  }

  /** Colours anew, after the page's theme was changed. */
  recolour(): void {
    this.ready = false;
    this.map.setStyle(styleOf(readPalette()), { diff: false });
  }

  take(places: boolean): void {
    this.taking = places;
    this.map.getCanvas().style.cursor = places ? "crosshair" : "";
  }

  go(lon: number, lat: number, zoom: number): void {
    this.map.easeTo({ center: [lon, lat], zoom, duration: 300 });
  }

  whole(bounds: [number, number, number, number]): void {
    this.map.fitBounds(bounds, { padding: 24, duration: 0 });
  }

  centre(): [number, number] {
    const centre = this.map.getCenter();
    return [centre.lng, centre.lat];
  }

  end(): void {
    this.ended = true;
    for (const stop of this.kept) stop();
    this.map.remove();
  }

  private fill(): void {
    this.ready = true;
    for (const [name, image] of Object.entries(signImages(readPalette())))
      if (!this.map.hasImage(name)) this.map.addImage(name, image, { pixelRatio: 2 });
    for (const [source, data] of this.data)
      (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
    this.fillMany();
    for (const id of this.sourceOf.keys()) this.seeTo(id);
  }
}

export const collection = (features: readonly Feature[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: [...features],
});
