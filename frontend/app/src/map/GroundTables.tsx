// What the map draws of the ground, as tables: the depth audit by stretches, and the sectors with what share of each
// was patrolled.
import type { FeatureCollection } from "geojson";
import type { ReactNode } from "react";
import { usePartyName } from "../server/names";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import type { DEPTHS } from "./layers";
import { shareOf } from "./shares";

type State = (typeof DEPTHS)[number];

export function DepthTable({
  depth,
  open,
}: {
  depth: FeatureCollection;
  open(zone: string): void;
}): ReactNode {
  const { say, formats, language } = useWords();
  if (depth.features.length === 0) return null;
  const km = (metres: unknown, digits = 1): string =>
    typeof metres === "number" ? formats.number(metres / 1000, digits) : "–";
  return (
    <section className="seen-table" aria-label={say("layer-depth")}>
      <table>
        <caption>{say("app-depth-caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("layer-zones")}</th>
            <th scope="col">{say("app-depth-along")}</th>
            <th scope="col">{say("app-depth-state")}</th>
            <th scope="col">{say("app-depth-deep")}</th>
            <th scope="col">{say("app-depth-promised")}</th>
          </tr>
        </thead>
        <tbody>
          {depth.features.map(({ id, properties: one }) => (
            <tr key={id}>
              <th scope="row">
                <button type="button" className="link" onClick={() => open(String(one?.zone))}>
                  <bdi>{nameIn(one?.names, language) || String(one?.zone)}</bdi>
                </button>
              </th>
              <td>
                {km(one?.from_m)}–{km(one?.to_m)}
              </td>
              <td>
                <span className={`swatch swatch-depth swatch-depth-${one?.state}`} aria-hidden="true" />{" "}
                {say(`app-depth-state-${one?.state as State}`)}
                {typeof one?.worst_m === "number" && ` (${say("app-depth-by", { km: km(one.worst_m, 2) })})`}
              </td>
              <td>
                {km(one?.min_depth_m)}–{km(one?.max_depth_m)}
              </td>
              <td>
                {km(one?.promised_min_m)}–{km(one?.promised_max_m)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function SectorTable({ sectors }: { sectors: FeatureCollection }): ReactNode {
  const { say, formats, language } = useWords();
  const partyName = usePartyName();
  if (sectors.features.length === 0) return null;
  const covered = sectors.features.some((one) => typeof one.properties?.findings === "number");
  return (
    <section className="seen-table" aria-label={say("layer-sectors")}>
      <table>
        <caption>{say(covered ? "layer-coverage" : "layer-sectors")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("layer-sectors")}</th>
            <th scope="col">{say("app-area")}</th>
            {covered && <th scope="col">{say("layer-coverage")}</th>}
            {covered && <th scope="col">{say("app-by-party")}</th>}
          </tr>
        </thead>
        <tbody>
          {sectors.features.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <bdi>{nameIn(one.properties?.names, language) || String(one.id)}</bdi>
                {one.properties?.synthetic === true && (
                  <span className="tag tag-synthetic">{say("mark-synthetic")}</span>
                )}
              </th>
              <td>
                {say("zones-area-value", { area: formats.number(Number(one.properties?.area_m2) / 1e6) })}
              </td>
              {covered && <td>{shareOf(one, say, formats)}</td>}
              {covered && (
                <td>
                  {Object.entries((one.properties?.parties ?? {}) as Record<string, [number, number]>)
                    .map(
                      ([party, [least, most]]) =>
                        `${partyName(party)}: ${least === most ? formats.share(least) : `${formats.share(least)}–${formats.share(most)}`}`,
                    )
                    .join(" · ") || "–"}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
