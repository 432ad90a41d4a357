import type { FeatureCollection } from "geojson";
import { type ReactNode, useMemo } from "react";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { nearestTown, type Stretch, stretchesOf } from "./unseen";

const MOST = 200;

interface Given {
  ground: FeatureCollection;
  towns: FeatureCollection;
}

/** Where nobody looked, for those who do not see the hatching: what it covers, from the zones on. */
export function UnseenTable({ ground, towns }: Given): ReactNode {
  const { say, formats, language } = useWords();
  const stretches = useMemo(() => stretchesOf(ground), [ground]);
  const rows = useMemo(
    () => stretches.slice(0, MOST).map((one) => ({ one, near: nearestTown(one, towns) })),
    [stretches, towns],
  );
  if (ground.features.length === 0) return null;
  const total = stretches.reduce((sum, one) => sum + one.area, 0);
  const km2 = (one: number): string => say("zones-area-value", { area: formats.number(one / 1e6) });
  const degrees = (one: Stretch, sides: readonly ["west" | "south", "east" | "north"]): string =>
    sides.map((side) => formats.number(one[side], 2)).join("–");
  return (
    <section className="seen-table" aria-label={say("app-layer-unseen")}>
      <table>
        <caption>
          {say("app-layer-unseen")}: {km2(total)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{say("col-where")}</th>
            <th scope="col">{say("app-lon")}</th>
            <th scope="col">{say("app-lat")}</th>
            <th scope="col">{say("app-in-a-zone")}</th>
            <th scope="col">{say("app-area")}</th>
            <th scope="col">{say("app-refused-count")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ one, near }) => (
            <tr key={one.id}>
              <th scope="row">
                {near
                  ? say("app-km-from", {
                      km: formats.km(near.far),
                      place: nameIn(near.town.properties?.names, language) || String(near.town.id),
                    })
                  : say("no-place")}
              </th>
              <td>{degrees(one, ["west", "east"])}</td>
              <td>{degrees(one, ["south", "north"])}</td>
              <td>{say(one.ofZone ? "app-yes" : "app-no")}</td>
              <td>{km2(one.area)}</td>
              <td>{one.refused > 0 ? formats.number(one.refused) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {stretches.length === 0 && <p>{say("app-unseen-nowhere")}</p>}
      {stretches.length > MOST && (
        <p className="quiet-text">{say("app-more", { count: stretches.length - MOST })}</p>
      )}
    </section>
  );
}
