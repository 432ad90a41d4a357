import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { StatusBadge } from "../marks/Sign";
import { Empty, Failure, Loading } from "../marks/States";
import { api } from "../server/api";
import { useWhen } from "../server/when";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

const NOTABLE = 0.05;

/** Two dates side by side: which statuses differ, and which probabilities moved. */
export function Compare({ one, other }: { one: string; other: string }): ReactNode {
  const { say, formats, language } = useWords();
  const when = useWhen();
  const [first, second] = one <= other ? [one, other] : [other, one];
  const before = useQuery({
    queryKey: ["assessment", { ...when, as_of: first }],
    queryFn: () => api.assessment({ ...when, as_of: first }),
    // What is being played stays in view until the next day is there.
    placeholderData: keepPreviousData,
  });
  const after = useQuery({
    queryKey: ["assessment", { ...when, as_of: second }],
    queryFn: () => api.assessment({ ...when, as_of: second }),
    placeholderData: keepPreviousData,
  });
  const error = before.error ?? after.error;
  if (error) return <Failure error={error} />;
  if (!before.data || !after.data) return <Loading />;
  const pairs = after.data.obligations.flatMap((now) => {
    const then = before.data.obligations.find((given) => given.id === now.id);
    const differs =
      then && (then.status !== now.status || Math.abs(then.probability - now.probability) >= NOTABLE);
    return then && differs ? [{ then, now }] : [];
  });
  const day = (text: string): string => formats.shortDay(`${text}T12:00:00Z`);
  return (
    <section
      className="card"
      aria-labelledby="compare-title"
      aria-busy={before.isPlaceholderData || after.isPlaceholderData}
    >
      <h2 id="compare-title">{say("app-compare-title", { one: day(first), other: day(second) })}</h2>
      {pairs.length === 0 ? (
        <Empty>{say("app-compare-same")}</Empty>
      ) : (
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{say("section-board")}</th>
              <th scope="col">{day(first)}</th>
              <th scope="col">{day(second)}</th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ then, now }) => (
              <tr key={now.id}>
                <th scope="row">
                  <a href={to("explain", now.id)}>{nameIn(now.title, language) || now.id}</a>
                </th>
                {[then, now].map((given, at) => (
                  <td key={at === 0 ? "then" : "now"}>
                    <StatusBadge status={given.status} /> {formats.percent(given.probability)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
