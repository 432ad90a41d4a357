import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { Sign } from "../marks/Sign";
import { Shown } from "../marks/States";
import { api } from "../server/api";
import { useObligationName } from "../server/names";
import { useWhen } from "../server/when";
import { useWords } from "../words/Words";
import { daysBetween } from "./scale";

const STEPS = 12;

interface Given {
  first: string;
  last: string;
  day: string;
  choose(day: string): void;
}

/** The status of every obligation over time, as far as it is known at the second of the two times. */
export function Strips({ first, last, day, choose }: Given): ReactNode {
  const { say, formats, language } = useWords();
  const obligationName = useObligationName();
  const { known_at, reading } = useWhen();
  const step = Math.max(1, Math.ceil(daysBetween(first, last) / STEPS));
  const asked = { start: first, end: last, step_days: step, known_at, reading, language };
  const query = useQuery({
    queryKey: ["series", asked],
    queryFn: () => api.series(asked),
    staleTime: 300_000,
  });
  return (
    <section className="card strips" aria-labelledby="strips-title">
      <h2 id="strips-title">{say("board-history")}</h2>
      <Shown query={query}>
        {({ steps }) => {
          const days = steps.map(({ as_of }) => formats.isoDay(new Date(Date.parse(as_of) - 1)));
          const now = days.findLastIndex((one) => one <= day);
          return (
            <div className="strips-scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{say("section-board")}</th>
                    {steps.map(({ as_of }, at) => (
                      <th key={as_of} scope="col" className="strip-day">
                        <button
                          type="button"
                          className="link"
                          aria-current={at === now ? "date" : undefined}
                          onClick={() => choose(days[at] ?? day)}
                        >
                          {formats.lastDay(as_of)}
                        </button>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {steps[0]?.obligations.map(({ id }, row) => (
                    <tr key={id}>
                      <th scope="row">
                        <a href={to("explain", id)}>{obligationName(id)}</a>
                      </th>
                      {steps.map(({ as_of, obligations }, at) => {
                        const one = obligations[row];
                        if (!one) return <td key={as_of} />;
                        const told = `${formats.lastDay(as_of)}: ${say(`status-${one.status}`)}, ${formats.percent(one.probability)}`;
                        return (
                          <td
                            key={as_of}
                            className={`strip st-${one.status}${at === now ? " strip-now" : ""}`}
                            title={told}
                          >
                            <Sign name={one.status} />
                            <span className="sr">{told}</span>
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Shown>
    </section>
  );
}
