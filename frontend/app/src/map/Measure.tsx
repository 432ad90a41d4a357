import type { Feature, FeatureCollection } from "geojson";
import type { ReactNode } from "react";
import { useWords } from "../words/Words";
import { collection } from "./chart";
import { alongGeodesic, area, type LonLat, length } from "./ellipsoid";

/** The path as it runs on the ellipsoid: its places, the geodesics between them, and the area that they close. */
export function measureFeatures(path: readonly LonLat[]): FeatureCollection {
  const features: Feature[] = path.map(([lon, lat]) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: [lon, lat] },
  }));
  const run = (around: readonly LonLat[]): [number, number][] =>
    around.slice(1).flatMap((place, at) => {
      const before = around[at];
      const leg = before ? alongGeodesic(before, place) : [];
      return at === 0 ? leg : leg.slice(1);
    });
  if (path.length > 1)
    features.push({
      type: "Feature",
      properties: {},
      geometry: { type: "LineString", coordinates: run(path) },
    });
  const first = path[0];
  if (path.length > 2 && first)
    features.push({
      type: "Feature",
      properties: {},
      geometry: { type: "Polygon", coordinates: [run([...path, first])] },
    });
  return collection(features);
}

interface Given {
  path: readonly LonLat[];
  put(path: readonly LonLat[]): void;
  centre(): LonLat;
  close(): void;
}

export function Measure({ path, put, centre, close }: Given): ReactNode {
  const { say, formats } = useWords();
  return (
    <section className="measure" aria-label={say("app-measure")}>
      <p>{say("app-measure-hint")}</p>
      <p role="status">
        <b>
          {formats.number(length(path) / 1000, 3)} {say("app-km")}
        </b>
        {path.length > 2 && (
          <>
            {" · "}
            <b>{say("zones-area-value", { area: formats.number(area(path) / 1e6, 2) })}</b>
          </>
        )}
      </p>
      <div className="buttons">
        <button type="button" onClick={() => put([...path, centre()])}>
          {say("app-measure-centre")}
        </button>
        <button type="button" disabled={path.length === 0} onClick={() => put(path.slice(0, -1))}>
          {say("app-measure-undo")}
        </button>
        <button type="button" onClick={close}>
          {say("app-close")}
        </button>
      </div>
    </section>
  );
}
