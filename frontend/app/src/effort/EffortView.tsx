import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { Empty, Shown } from "../marks/States";
import { Watched } from "../marks/Watched";
import { api, type EffortRow } from "../server/api";
import { useWhen } from "../server/when";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

/** Where nobody looked: hours of observation by area and week, and where access was refused. */
export default function EffortView(): ReactNode {
  const { say } = useWords();
  const when = useWhen();
  const query = useQuery({
    queryKey: ["effort", when.as_of, when.known_at],
    queryFn: () => api.effort({ datetime: when.as_of && `../${when.as_of}`, known_at: when.known_at }),
  });
  return (
    <div className="effort">
      <h1>{say("app-view-effort")}</h1>
      <p className="lede">{say("app-effort-lede")}</p>
      <p>
        <Watched datetime={when.as_of ? `../${when.as_of}` : ".."} known_at={when.known_at} />{" "}
        <a href={to("map", "", { on: "unseen", span: "all" })}>{say("app-effort-on-map")}</a>
      </p>
      <Shown query={query}>
        {({ items }) =>
          items.length === 0 ? <Empty>{say("board-effort-none")}</Empty> : <Table rows={items} />
        }
      </Shown>
    </div>
  );
}

interface Week {
  area: string;
  hours: Map<string, number>;
  refused: number;
  total: number;
}

const MOST_WEEKS = 16;

function Table({ rows }: { rows: readonly EffortRow[] }): ReactNode {
  const { say, formats, language } = useWords();
  const when = useWhen();
  const drawn = useQuery({ queryKey: ["drawn", when], queryFn: () => api.drawn(when) });
  const zoneName = (id: string): string =>
    nameIn(drawn.data?.zones.features.find((one) => one.id === id)?.properties?.names, language) || id;
  const areas = new Map<string, Week>();
  const weeks = new Set<string>();
  // A zone where nobody ever looked has no row to speak of, and is what this page is for.
  for (const zone of (drawn.data?.zones.features ?? []).filter((one) => one.properties?.part !== "inner"))
    areas.set(String(zone.id), { area: String(zone.id), hours: new Map(), refused: 0, total: 0 });
  for (const row of rows) {
    const area = row.zone ?? "";
    const week = monday(row.day);
    weeks.add(week);
    const found = areas.get(area) ?? { area, hours: new Map(), refused: 0, total: 0 };
    found.hours.set(week, (found.hours.get(week) ?? 0) + row.hours);
    found.refused += row.refused + row.delayed;
    found.total += row.hours;
    areas.set(area, found);
  }
  const shown = everyWeek([...weeks].sort()).slice(-MOST_WEEKS);
  const most = Math.max(1, ...[...areas.values()].flatMap((one) => [...one.hours.values()]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="strips-scroll" aria-label={say("app-effort-caption")} tabIndex={0}>
      <table className="effort-table">
        <caption>{say("app-effort-caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("col-where")}</th>
            {shown.map((week) => (
              <th key={week} scope="col" className="strip-day">
                {formats.shortDay(`${week}T12:00:00Z`)}
              </th>
            ))}
            <th scope="col">{say("app-hours")}</th>
            <th scope="col">{say("app-refused-count")}</th>
          </tr>
        </thead>
        <tbody>
          {[...areas.values()]
            .sort((one, other) => other.total - one.total)
            .map((one) => (
              <tr key={one.area}>
                <th scope="row">
                  <bdi>{one.area === "" ? say("app-elsewhere") : zoneName(one.area)}</bdi>
                </th>
                {shown.map((week) => {
                  const hours = one.hours.get(week) ?? 0;
                  return (
                    <td
                      key={week}
                      className={hours === 0 ? "nobody" : "looked"}
                      data-share={Math.ceil((4 * hours) / most)}
                    >
                      {hours === 0 ? <span title={say("app-nobody-looked")}>–</span> : formats.number(hours)}
                    </td>
                  );
                })}
                <td>
                  <b>{formats.number(one.total)}</b>
                </td>
                <td>{one.refused > 0 ? formats.number(one.refused) : "–"}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

/** The weeks from the first to the last, those without a row too. */
function everyWeek(sorted: readonly string[]): string[] {
  const [first, last] = [sorted[0], sorted.at(-1)];
  const all: string[] = [];
  for (let week = first; week && last && week <= last; ) {
    all.push(week);
    week = new Date(Date.parse(week) + 7 * 86_400_000).toISOString().slice(0, 10);
  }
  return all;
}

function monday(day: string): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}
