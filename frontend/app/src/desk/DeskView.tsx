import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { text } from "../address/address";
import { to, useKeys } from "../address/useAddress";
import { Empty, Failure, Loading, Shown } from "../marks/States";
import { arrived } from "../offline/kept";
import { drain } from "../offline/queue";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useKindName } from "../server/vocabulary";
import { useWhen } from "../server/when";
import { useWaiting } from "../shell/useOnline";
import { useWords } from "../words/Words";
import { EntryForm } from "./EntryForm";

const PlaceMap = lazy(() => import("./PlaceMap"));
const KEYS = { like: text() } as const;

export default function DeskView(): ReactNode {
  const { say } = useWords();
  const { may } = useHere();
  const [keys] = useKeys(KEYS);
  return (
    <div className="desk">
      <section className="desk-form" aria-labelledby="desk-title">
        <h1 id="desk-title">{say("app-desk-title")}</h1>
        {may("record") ? (
          <EntryForm
            like={keys.like}
            map={(place) => (
              <Suspense fallback={<Loading />}>
                <PlaceMap {...place} />
              </Suspense>
            )}
          />
        ) : (
          <Failure error={new Error(say("app-not-allowed"))} />
        )}
      </section>
      <aside className="desk-side">
        <WaitingList />
        <Newest />
      </aside>
    </div>
  );
}

function WaitingList(): ReactNode {
  const { say, formats } = useWords();
  const { owner } = useHere();
  const waiting = useWaiting(owner);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting-title">
      <h2 id="waiting-title">{say("app-waiting-title")}</h2>
      <ul className="reports">
        {waiting.map((one) => (
          <li key={one.key} className="report">
            <p>
              {formats.moment(one.madeAt)}
              {one.refused && <span className="form-error"> {one.refused}</span>}
            </p>
            {one.refused && (
              <button type="button" onClick={() => void arrived(one.key).then(() => drain(owner))}>
                {say("app-throw-away")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Newest(): ReactNode {
  const { say, formats } = useWords();
  const kindName = useKindName();
  const when = useWhen();
  const query = useQuery({
    queryKey: ["observations", "newest", when],
    queryFn: () =>
      api.observations({ language: when.language, order: "recorded", standing: "false", limit: 15 }),
  });
  return (
    <section aria-labelledby="newest-title">
      <h2 id="newest-title">{say("app-newest")}</h2>
      <Shown query={query}>
        {({ items: observations }) =>
          observations.length === 0 ? (
            <Empty>{say("evidence-none")}</Empty>
          ) : (
            <ul className="reports">
              {observations.map((one) => (
                <li key={one.id} className={one.synthetic ? "report report-synthetic" : "report"}>
                  <p className="report-head">
                    <a href={to("explain", one.id)}>{kindName(one.kind)}</a>
                    {one.synthetic && <span className="tag tag-synthetic">{say("mark-synthetic")}</span>}
                    {one.retracted && <span className="tag">{say("mark-retracted")}</span>}
                    {one.disputed && <span className="tag">{say("mark-disputed")}</span>}
                  </p>
                  <p className="quiet-text">
                    {formats.shortDay(one.occurred_from)} · <bdi>{one.place ?? say("no-place")}</bdi>
                    {one.recorded_at && ` · ${say("recorded", { day: formats.shortDay(one.recorded_at) })}`}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </section>
  );
}
