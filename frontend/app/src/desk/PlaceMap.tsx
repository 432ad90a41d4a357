import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { Credit } from "../map/Credit";
import { Chart, collection } from "../map/chart";
import { circle } from "../map/ellipsoid";
import { Towns } from "../map/towns";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { useWords } from "../words/Words";

interface Given {
  lon: number | null;
  lat: number | null;
  errorM: number;
  put(lon: number, lat: number): void;
}

/** Where it was: a click sets the place, the circle shows how well it is known. */
export default function PlaceMap({ lon, lat, errorM, put }: Given): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const when = useWhen();
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const latest = useRef(put);
  latest.current = put;
  const basemap = useQuery({
    queryKey: ["basemap"],
    queryFn: api.basemap,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const drawn = useQuery({ queryKey: ["drawn", when], queryFn: () => api.drawn(when) });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once for a language
  useEffect(() => {
    if (!element.current) return;
    const made = new Chart(
      element.current,
      {
        bounds: workspace.region ?? [-20, -40, 60, 60],
        look: null,
        words: {
          zoomIn: say("app-zoom-in"),
          zoomOut: say("app-zoom-out"),
          title: say("app-place-map"),
        },
      },
      { onLook: () => {}, onChoose: () => {}, onPlace: ([x, y]) => latest.current(x, y) },
    );
    made.take(true);
    const towns = new Towns(made.map);
    if (basemap.data) {
      made.set("land", basemap.data.land);
      made.set("districts", basemap.data.districts);
      towns.set(basemap.data.towns, language);
    }
    if (drawn.data) {
      made.set("zones", drawn.data.zones);
      made.set("lines", drawn.data.lines);
    }
    chart.current = made;
    return () => {
      made.end();
      chart.current = null;
    };
  }, [language, basemap.data, drawn.data]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the map was made anew
  useEffect(() => {
    const placed = lon !== null && lat !== null && Math.abs(lat) <= 90;
    const features = placed
      ? [
          {
            type: "Feature" as const,
            properties: { layer: "other", synthetic: false, old: false },
            geometry: { type: "Polygon" as const, coordinates: [circle([lon, lat], Math.max(1, errorM))] },
          },
        ]
      : [];
    chart.current?.set("selected", collection(features));
    chart.current?.set("seen-areas", collection(features));
  }, [lon, lat, errorM, language, basemap.data, drawn.data]);

  return (
    <>
      <div className="place-map" ref={element} />
      <Credit />
    </>
  );
}
