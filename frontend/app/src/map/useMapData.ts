import { useQuery } from "@tanstack/react-query";
import type { FeatureCollection } from "geojson";
import { useMemo, useState } from "react";
import { layerOf } from "../../../shared/layers";
import { api } from "../server/api";
import type { Seen } from "../server/types";
import { useWhen } from "../server/when";
import { routesWithStatus } from "./ground";
import type { LayerName } from "./layers";

export interface LayerCount {
  layer: LayerName;
  reported: number;
  invented: number;
}

export interface MapData {
  seen: readonly (Seen & { layer: LayerName })[];
  total: number;
  /** How many there are of each layer, reported and invented; in whatever number they are. */
  counts: readonly LayerCount[];
  /** The address of vector tiles, where there are too many reports to draw them one by one. */
  tiles: string | null;
  asOf: Date;
  zones: FeatureCollection;
  lines: FeatureCollection;
  routes: FeatureCollection;
  pending: boolean;
  error: unknown;
}

/** With more than these, reports are drawn from tiles and not one by one. */
const MOST = 5000;
/** As many of the newest are listed beneath a map that is drawn from tiles. */
const LISTED = 500;

/** The interval of so many days up to an instant, as OGC API writes it; all before it for `all`. */
export function intervalOf(until: string, span: string): string {
  if (span === "all") return `../${until}`;
  const start = new Date(Date.parse(until) - Number(span) * 86_400_000).toISOString();
  return `${until.length === 10 ? start.slice(0, 10) : start}/${until}`;
}

/** The dates that a span before the asked instant stands for. */
export function useInterval(span: string): { until: string; datetime: string } {
  const { as_of } = useWhen();
  // Now is one instant for as long as the view is open, so that what was read is found again.
  const [now] = useState(() => new Date().toISOString());
  const until = as_of === "" ? now : as_of;
  return useMemo(() => ({ until, datetime: intervalOf(until, span) }), [until, span]);
}

export const NONE: FeatureCollection = { type: "FeatureCollection", features: [] };

/** What the map draws. `listed`: a table of the reports is shown too, in whatever number they are. */
export function useMapData(span: string, kind: string, listed: boolean): MapData {
  const when = useWhen();
  const drawn = useQuery({ queryKey: ["drawn", when], queryFn: () => api.drawn(when) });
  const { until, datetime } = useInterval(span);
  const asked = { language: when.language, known_at: when.known_at, datetime, kind };
  // How many there are is known soonest, and only then whether they can be drawn one by one.
  const counted = useQuery({ queryKey: ["observations", "counts", asked], queryFn: () => api.counts(asked) });
  const total = counted.data?.total ?? 0;
  const wanted = counted.data !== undefined && (listed || total <= MOST);
  const limit = total <= MOST ? MOST : LISTED;
  const seen = useQuery({
    queryKey: ["observations", asked, limit],
    queryFn: () => api.observations({ ...asked, limit }),
    enabled: wanted,
  });
  const tiles = total > MOST ? api.seenTiles(asked) : null;
  const pending = drawn.isPending || counted.isPending || (wanted && seen.isPending);
  const error = counted.error ?? (wanted ? seen.error : null) ?? drawn.error;
  return useMemo(
    () => ({
      seen: (seen.data?.items ?? []).map((one) => ({
        ...one,
        layer: layerOf(one.family ?? "") as LayerName,
      })),
      total,
      counts: (counted.data?.items ?? []).map(({ family, ...count }) => ({
        layer: layerOf(family) as LayerName,
        ...count,
      })),
      tiles,
      asOf: new Date(until.length === 10 ? `${until}T23:59:59Z` : until),
      zones: drawn.data?.zones ?? NONE,
      lines: drawn.data?.lines ?? NONE,
      routes: routesWithStatus(drawn.data?.routes ?? NONE),
      pending,
      error,
    }),
    [until, total, tiles, counted.data, seen.data, drawn.data, pending, error],
  );
}
