// The map: vector data only, nothing fetched. Reports are areas of their error radius, never points.
import {
  circle,
  circleMarker,
  control,
  divIcon,
  type GeoJSON,
  geoJSON,
  type LatLngBounds,
  type Layer,
  type LayerGroup,
  type Map as LeafletMap,
  latLngBounds,
  layerGroup,
  map as leafletMap,
  marker,
  type Path,
  type PathOptions,
} from "leaflet";
import { layerOf } from "../shared/layers";
import { fill, type PageData, type Row } from "./data";
import type { View, ViewState } from "./state";

const FADE_AFTER_S = 30 * 86_400;

interface Group {
  key: string;
  rows: Row[];
  layer: string;
  synthetic: boolean;
}

export function startMap(view: View, data: PageData): void {
  const canvas = document.getElementById("map-canvas");
  if (!canvas) return;
  const [west, south, east, north] = data.map.bounds;
  const bounds = latLngBounds([south, west], [north, east]);
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = leafletMap(canvas, {
    attributionControl: false,
    zoomControl: true,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 120,
    minZoom: 5,
    maxZoom: 14,
    maxBounds: bounds.pad(1),
    zoomAnimation: !reduced,
    fadeAnimation: !reduced,
    markerZoomAnimation: !reduced,
    inertia: !reduced,
    // The wheel scrolls the page; dragging, the buttons and the keys move the map.
    scrollWheelZoom: false,
  });
  control.scale({ imperial: false, position: "bottomleft" }).addTo(chart);
  panes(chart);
  const layers = drawAccord(chart, data);
  const events = new Map<string, LayerGroup>();
  const routes = drawRoutes(data, layers);
  place(chart, bounds, view.state);

  view.onChange((state, changed) => {
    if (changed.has("at") || changed.has("selected") || changed.has("layersOn") || changed.has("layersOff")) {
      drawEvents(chart, data, state, events, (selected) => view.set({ selected }));
      showRoutes(data, state, routes);
      for (const [name, group] of layers) {
        if (isOn(state, name)) group.addTo(chart);
        else group.remove();
      }
      for (const box of document.querySelectorAll<HTMLInputElement>("input[data-layer]")) {
        box.checked = isOn(state, box.dataset.layer ?? "");
      }
    }
    if (changed.has("selected")) showCard(chart, data, state);
    if (changed.has("map") && state.map) place(chart, bounds, state);
  });

  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-layer]")) {
    box.addEventListener("change", () => {
      const name = box.dataset.layer ?? "";
      const without = (names: string[]): string[] => names.filter((other) => other !== name);
      const byDefault = !OFF_BY_DEFAULT.includes(name);
      view.set({
        layersOff:
          !box.checked && byDefault ? [...view.state.layersOff, name] : without(view.state.layersOff),
        layersOn: box.checked && !byDefault ? [...view.state.layersOn, name] : without(view.state.layersOn),
      });
    });
  }

  // The place is kept in the address only after the reader moved the map, not while the page lays out.
  let moved = false;
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"] as const) {
    canvas.addEventListener(
      kind,
      () => {
        moved = true;
      },
      { passive: true },
    );
  }
  chart.on("moveend", () => {
    if (!moved) return;
    const centre = chart.getCenter();
    view.set({ map: [round4(centre.lat), round4(centre.lng), chart.getZoom()] });
  });
  chart.on("zoomend", () => showTowns(chart));
  showTowns(chart);
  new ResizeObserver(() => {
    chart.invalidateSize({ animate: false });
    if (!view.state.map) chart.fitBounds(bounds, { animate: false });
    showTowns(chart);
  }).observe(canvas);
}

const OFF_BY_DEFAULT = ["synthetic"];
const isOn = (state: ViewState, name: string): boolean =>
  OFF_BY_DEFAULT.includes(name) ? state.layersOn.includes(name) : !state.layersOff.includes(name);
const round4 = (value: number): number => Math.round(value * 1e4) / 1e4;

function place(chart: LeafletMap, bounds: LatLngBounds, state: ViewState): void {
  if (state.map) {
    const [lat, lon, zoom] = state.map;
    const centre = chart.getZoom() === undefined ? null : safeCentre(chart);
    if (centre && round4(centre.lat) === lat && round4(centre.lng) === lon && chart.getZoom() === zoom)
      return;
    chart.setView([lat, lon], zoom, { animate: false });
  } else chart.fitBounds(bounds, { animate: false });
}

function safeCentre(chart: LeafletMap): { lat: number; lng: number } | null {
  try {
    return chart.getCenter();
  } catch {
    return null; // Leaflet throws where no view was ever set.
  }
}

// Order from the ground up; the biggest circles lie lowest, so that small ones can be reached.
function panes(chart: LeafletMap): void {
  const order = [
    "land",
    "districts",
    "zones",
    "events",
    "band",
    "routes",
    "overlays",
    "lines",
    "towns",
    "signs",
  ];
  order.forEach((name, index) => {
    chart.createPane(name).style.zIndex = String(400 + index * 10);
  });
}

function drawAccord(chart: LeafletMap, data: PageData): Map<string, LayerGroup> {
  const shape = (geometry: GeoJSON.Geometry, pane: string, className: string, label?: string): Layer => {
    const options = { className, interactive: Boolean(label) } as PathOptions;
    const drawn = geoJSON(geometry, { pane, style: () => options });
    if (label) drawn.bindTooltip(label, { sticky: true });
    return drawn;
  };
  const groups = new Map<string, LayerGroup>();
  const add = (name: string, ...drawn: Layer[]): void => {
    const group = groups.get(name) ?? layerGroup();
    groups.set(name, group);
    for (const layer of drawn) group.addLayer(layer);
  };
  for (const area of data.map.land) shape(area.geometry, "land", "land").addTo(chart);
  for (const area of data.map.districts) {
    add("districts", shape(area.geometry, "districts", "district"));
  }
  for (const zone of data.map.zones) {
    add("zones", shape(zone.outer, "zones", "zone-outer", zone.name));
    if (zone.inner) add("zones", shape(zone.inner, "zones", "zone-inner", zone.name));
  }
  for (const line of data.map.lines) {
    if (line.band) add("lines", shape(line.band, "band", "line-band"));
    add("lines", shape(line.geometry, "lines", "contact-casing"));
    add("lines", shape(line.geometry, "lines", "contact", `${line.name}. ${line.note}`));
  }
  data.map.overlays.forEach((features, index) => {
    for (const { name, geometry, dashed } of features) {
      const className = `overlay overlay-${index % 4}${dashed ? " overlay-dashed" : ""}`;
      const options = { className, interactive: true } as PathOptions;
      const drawn = geoJSON(geometry, {
        pane: "overlays",
        style: () => options,
        pointToLayer: (_, at) => circleMarker(at, { ...options, pane: "overlays", radius: 4 }),
      });
      if (name) drawn.bindTooltip(name, { sticky: true });
      add(`overlay-${index}`, drawn);
    }
  });
  for (const town of data.map.towns) {
    const icon = divIcon({ className: `town rank-${town.rank}`, html: townLabel(town), iconSize: [0, 0] });
    const [lon, lat] = town.at;
    add("towns", marker([lat, lon], { icon, pane: "towns", interactive: false, keyboard: false }));
  }
  return groups;
}

// How a route stands at the date is drawn by its dashes and said by a word on it; colour only helps.
function drawRoutes(data: PageData, layers: Map<string, LayerGroup>): GeoJSON[] {
  const group = layerGroup();
  layers.set("routes", group);
  return data.map.routes.map((route) => {
    group.addLayer(
      geoJSON(route.geometry, {
        pane: "routes",
        style: () => ({ className: "route-casing" }) as PathOptions,
      }),
    );
    const drawn = geoJSON(route.geometry, { pane: "routes", interactive: false });
    drawn.bindTooltip(route.name, { permanent: true, direction: "center", className: "route-word" });
    group.addLayer(drawn);
    return drawn;
  });
}

function showRoutes(data: PageData, state: ViewState, drawn: GeoJSON[]): void {
  const index = data.snapshots.indexOf(state.at);
  data.map.routes.forEach((route, number) => {
    const className = `route route-${route.states[index] ?? "unverified"}`;
    const word = route.words[index];
    drawn[number]?.setTooltipContent(word ? `${route.name}: ${word}` : route.name);
    drawn[number]?.eachLayer((part) => {
      const path = part as Path;
      // The class is given when the path is drawn, and put right where it is drawn already.
      path.options.className = className;
      path.getElement()?.setAttribute("class", className);
    });
  });
}

function townLabel(town: PageData["map"]["towns"][number]): HTMLElement {
  const box = document.createElement("span");
  const name = document.createElement("span");
  name.textContent = town.name;
  box.append(name);
  if (town.local) {
    const local = document.createElement("bdi");
    local.lang = "ar";
    local.textContent = town.local;
    box.append(local);
  }
  return box;
}

// Small towns appear close up, and a name that would run into a greater town's is left out.
function showTowns(chart: LeafletMap): void {
  const zoom = chart.getZoom();
  const rank = zoom >= 9.5 ? 3 : zoom >= 8 ? 2 : 1;
  const box = chart.getContainer();
  box.dataset.rank = String(rank);
  const placed: DOMRect[] = [];
  const labels = [...box.querySelectorAll<HTMLElement>(".town > span")];
  for (const label of labels) label.hidden = false;
  for (const label of labels) {
    const here = label.getBoundingClientRect();
    if (here.width === 0) continue; // its rank is not shown at this zoom
    const clash = placed.some(
      (other) =>
        here.left < other.right &&
        here.right > other.left &&
        here.top < other.bottom &&
        here.bottom > other.top,
    );
    label.hidden = clash;
    if (!clash) placed.push(here);
  }
}

// Reports with the same place and error share one circle, with how many they are.
function grouped(data: PageData, state: ViewState): Group[] {
  const index = data.snapshots.indexOf(state.at);
  const groups = new Map<string, Group>();
  for (const row of data.rows) {
    if (!row.at || (row.later.includes(index) && !state.selected.includes(row.n))) continue;
    const layer = layerOf(row.family);
    const on = isOn(state, layer) && (!row.synthetic || isOn(state, "synthetic"));
    // What is selected is shown even where its layer is off, or the selection would point at nothing.
    if (!on && !state.selected.includes(row.n)) continue;
    const key = [...row.at, layer, row.synthetic].join(" ");
    const group = groups.get(key) ?? { key, rows: [], layer, synthetic: row.synthetic };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => radius(b) - radius(a));
}

const radius = (group: Group): number => group.rows[0]?.at?.[2] ?? 0;

function drawEvents(
  chart: LeafletMap,
  data: PageData,
  state: ViewState,
  drawn: Map<string, LayerGroup>,
  select: (numbers: number[]) => void,
): void {
  for (const group of drawn.values()) group.remove();
  drawn.clear();
  const all = layerGroup();
  const newest = Math.max(
    ...data.rows
      .filter((row) => !row.later.includes(data.snapshots.indexOf(state.at)))
      .map((row) => row.from),
  );
  for (const group of grouped(data, state)) {
    const at = group.rows[0]?.at;
    if (!at) continue;
    const [lon, lat, errorM] = at;
    const numbers = group.rows.map((row) => row.n);
    const selected = numbers.some((n) => state.selected.includes(n));
    const old = newest - Math.max(...group.rows.map((row) => row.from)) > FADE_AFTER_S;
    const wide = errorM >= 30_000;
    const flags = [
      `fam-${group.layer}`,
      selected ? "selected" : "",
      old ? "old" : "",
      wide ? "wide" : "",
      group.synthetic ? "synthetic" : "",
    ].filter(Boolean);
    const title = label(data, group);
    const area = circle([lat, lon], {
      radius: errorM,
      pane: "events",
      className: ["event", ...flags].join(" "),
      bubblingMouseEvents: false,
    });
    const sign = marker([lat, lon], {
      pane: "signs",
      icon: divIcon({ className: ["sign", ...flags].join(" "), html: signOf(group), iconSize: [24, 24] }),
      title,
      alt: title,
      keyboard: false,
    });
    for (const layer of [area, sign]) layer.on("click", () => select(numbers));
    all.addLayer(area).addLayer(sign);
  }
  drawn.set("events", all);
  all.addTo(chart);
}

function label(data: PageData, group: Group): string {
  const first = group.rows[0];
  if (!first) return "";
  if (group.rows.length === 1) return `${first.title}, ${first.where}`;
  return `${fill(data.words["map-group"] ?? "", { count: group.rows.length })}: ${first.where}`;
}

function signOf(group: Group): HTMLElement {
  const box = document.createElement("span");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#s-${group.layer}`);
  svg.append(use);
  box.append(svg);
  if (group.rows.length > 1) {
    const count = document.createElement("b");
    count.textContent = String(group.rows.length);
    box.append(count);
  }
  return box;
}

// What is selected, in words, over the map; the full row is one link away.
function showCard(chart: LeafletMap, data: PageData, state: ViewState): void {
  const card = document.getElementById("map-card");
  if (!card) return;
  const rows = data.rows.filter((row) => state.selected.includes(row.n));
  card.hidden = rows.length === 0;
  card.replaceChildren(
    ...rows.slice(0, 4).map((row) => {
      const line = document.createElement("span");
      const link = document.createElement("a");
      link.className = "evidence-link";
      link.href = `#ev-${row.n}`;
      link.dataset.n = String(row.n);
      link.textContent = String(row.n);
      link.title = data.words["show-in-table"] ?? "";
      const words = [row.title, row.where, row.text].filter(Boolean).join(" · ");
      line.append(link, ` ${words}`);
      if (row.synthetic) line.append(` (${data.words["mark-synthetic"]})`);
      return line;
    }),
  );
  if (rows.length > 4) card.append(`+ ${rows.length - 4}`);
  const at = rows[0]?.at;
  if (at && !chart.getBounds().contains([at[1], at[0]])) {
    chart.panTo([at[1], at[0]], { animate: false });
  }
}
