// The data block of the page, written by truceline/products/report/page_data.py. Coordinates are lon, lat.
import type { Geometry } from "geojson";

export type Place = [lon: number, lat: number, errorM: number];

export interface Row {
  n: number;
  family: string;
  at: Place | null;
  from: number;
  later: number[];
  synthetic: boolean;
  claim: boolean;
  title: string;
  where: string;
  text: string;
  source: string;
  label: string;
}

export interface NamedGeometry {
  name: string;
  geometry: Geometry;
}

export interface Area extends NamedGeometry {
  local: string | null;
}

export interface MapData {
  bounds: [west: number, south: number, east: number, north: number];
  lines: (NamedGeometry & { note: string; band: Geometry | null })[];
  zones: { name: string; outer: Geometry; inner: Geometry | null }[];
  routes: (NamedGeometry & { states: string[]; words: string[] })[];
  overlays: (NamedGeometry & { dashed: boolean })[][];
  land: Area[];
  districts: Area[];
  towns: { name: string; local: string | null; at: [number, number]; rank: number }[];
}

export interface PageData {
  snapshots: string[];
  rows: Row[];
  map: MapData;
  words: Record<string, string>;
}

export function readPageData(): PageData {
  const block = document.getElementById("page-data");
  if (!block?.textContent) throw new Error("the page holds no data block");
  return JSON.parse(block.textContent) as PageData;
}

export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
