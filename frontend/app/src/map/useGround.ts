// What is drawn of the ground beside reports: depth along the line, sectors and patrols, where nobody looked.
// Each is asked for only while its layer is on.
import { useQuery } from "@tanstack/react-query";
import type { FeatureCollection } from "geojson";
import { api } from "../server/api";
import { useWhen } from "../server/when";
import type { LayerName } from "./layers";
import { NONE, useInterval } from "./useMapData";

export interface Ground {
  depth: FeatureCollection;
  sectors: FeatureCollection;
  unseen: FeatureCollection;
}

export function useGround(isOn: (layer: LayerName) => boolean, span: string): Ground {
  const when = useWhen();
  const { datetime } = useInterval(span);
  const depth = useQuery({
    queryKey: ["depth", when],
    queryFn: () => api.depthStretches(when),
    enabled: isOn("depth"),
  });
  const covered = useQuery({
    queryKey: ["coverage", when, datetime],
    queryFn: () => api.coverage({ ...when, datetime }),
    enabled: isOn("coverage"),
  });
  const sectors = useQuery({
    queryKey: ["sectors", when],
    queryFn: () => api.sectors(when),
    enabled: isOn("sectors") && !isOn("coverage"),
  });
  const synthetic = isOn("synthetic") ? "" : "false";
  const unseen = useQuery({
    queryKey: ["effort ground", when.known_at, datetime, synthetic],
    queryFn: () => api.effortGround({ known_at: when.known_at, datetime, synthetic }),
    enabled: isOn("unseen"),
  });
  return {
    depth: depth.data ?? NONE,
    sectors: (isOn("coverage") ? covered.data : sectors.data) ?? NONE,
    unseen: unseen.data ?? NONE,
  };
}
