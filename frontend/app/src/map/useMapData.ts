import { useQuery } from "@tanstack/react-query";
import type { FeatureCollection } from "geojson";
import { useMemo, useState } from "react";
import { layerOf } from "../../../shared/layers";
import { api, type SeenPage } from "../server/api";
import type { Seen } from "../server/types";
import { useWhen } from "../server/when";
import { routesWithStatus } from "./ground";
import type { LayerName } from "./layers";

export interface MapData {
  seen: readonly (Seen & { layer: LayerName })[];
  total: number;
  /** The address of vector tiles, where there are too many reports to draw them one by one. */
  tiles: string | null;
  asOf: Date;
  zones: FeatureCollection;
  lines: FeatureCollection;
  routes: FeatureCollection;
  pending: boolean;
  error: unknown;
}

const FIRST = 500;
const MOST = 5000;

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

export function useMapData(span: string, kind: string): MapData {
  const when = useWhen();
  const drawn = useQuery({ queryKey: ["drawn", when], queryFn: () => api.drawn(when) });
  const { until, datetime } = useInterval(span);
  const asked = { language: when.language, known_at: when.known_at, datetime, kind };
  const page = (limit: number): { queryKey: unknown[]; queryFn: () => Promise<SeenPage> } => ({
    queryKey: ["observations", asked, limit],
    queryFn: () => api.observations({ ...asked, limit }),
  });
  // The newest come first, and with them how many there are: only then is it known whether all can be drawn.
  const first = useQuery(page(FIRST));
  const total = first.data?.total ?? 0;
  const rest = useQuery({ ...page(MOST), enabled: total > FIRST && total <= MOST });
  const seen = rest.data ? rest : first;
  const tiles = total > MOST ? api.seenTiles(asked) : null;
  return useMemo(
    () => ({
      seen: (seen.data?.items ?? []).map((one) => ({
        ...one,
        layer: layerOf(one.family ?? "") as LayerName,
      })),
      total,
      tiles,
      asOf: new Date(until.length === 10 ? `${until}T23:59:59Z` : until),
      zones: drawn.data?.zones ?? NONE,
      lines: drawn.data?.lines ?? NONE,
      routes: routesWithStatus(drawn.data?.routes ?? NONE),
      pending: seen.isPending || drawn.isPending,
      error: seen.error ?? drawn.error,
    }),
    [until, total, tiles, seen.data, drawn.data, seen.isPending, drawn.isPending, seen.error, drawn.error],
  );
}
