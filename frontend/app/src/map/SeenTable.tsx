import type { ReactNode } from "react";
import { Empty } from "../marks/States";
import type { Seen } from "../server/types";
import { useKindName } from "../server/vocabulary";
import { useWords } from "../words/Words";
import { placeOf } from "./drawn";

const MOST = 500;

interface Given {
  seen: readonly Seen[];
  /** How many there are in all, of which these are the newest. */
  all: number;
  choose(one: Seen): void;
}

export function SeenTable({ seen, all, choose }: Given): ReactNode {
  const { say, formats } = useWords();
  const kindName = useKindName();
  if (seen.length === 0) return <Empty>{say("app-nothing-fits")}</Empty>;
  const listed = seen.slice(0, MOST);
  return (
    <section className="seen-table" aria-label={say("map-table")}>
      <table>
        <caption>{say("map-table")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("col-when")}</th>
            <th scope="col">{say("col-what")}</th>
            <th scope="col">{say("col-where")}</th>
            <th scope="col">{say("map-table-known")}</th>
            <th scope="col">{say("col-source")}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((one) => (
            <tr key={one.id}>
              <td>{formats.shortDay(one.occurred_from)}</td>
              <td>
                <button type="button" className="link" onClick={() => choose(one)}>
                  {kindName(one.kind)}
                </button>
                {one.synthetic && <span className="tag tag-synthetic">{say("mark-synthetic")}</span>}
              </td>
              <td>
                <bdi>{one.place ?? say("no-place")}</bdi> <Where one={one} />
              </td>
              <td>{one.error_m ? say("within-km", { km: formats.km(one.error_m) }) : "–"}</td>
              <td>
                <bdi>{one.source ?? "–"}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all > listed.length && <p className="quiet-text">{say("app-more", { count: all - listed.length })}</p>}
    </section>
  );
}

function Where({ one }: { one: Seen }): ReactNode {
  const { formats } = useWords();
  const placed = placeOf(one);
  if (!placed) return null;
  return (
    <span className="quiet-text" dir="ltr">
      {formats.number(placed.lon, 4)}, {formats.number(placed.lat, 4)}
    </span>
  );
}
