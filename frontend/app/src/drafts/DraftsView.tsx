import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { Empty, Failure, Shown } from "../marks/States";
import { api, type Drafts } from "../server/api";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { DraftPage } from "./DraftPage";
import { NewDraft } from "./NewDraft";

const AGAIN_MS = 2000;

/** Drafts of accords, which analysts confirm sentence by sentence. */
export default function DraftsView({ thing }: { thing: string }): ReactNode {
  const { say } = useWords();
  const { may } = useHere();
  if (!may("draft"))
    return (
      <>
        <h1>{say("app-view-drafts")}</h1>
        <Failure error={new Error(say("app-not-allowed"))} />
      </>
    );
  return thing ? <One id={thing} /> : <All />;
}

function One({ id }: { id: string }): ReactNode {
  const query = useQuery({
    queryKey: ["drafts", id],
    queryFn: () => api.draft(id),
    // Others may decide on the same draft.
    refetchInterval: 10_000,
  });
  return <Shown query={query}>{(draft) => <DraftPage draft={draft} />}</Shown>;
}

function All(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["drafts"],
    queryFn: api.drafts,
    refetchInterval: (asked) =>
      asked.state.data?.making.some((one) => one.state !== "failed") ? AGAIN_MS : false,
  });
  return (
    <div className="drafts">
      <h1>{say("app-view-drafts")}</h1>
      <p className="lede">{say("app-drafts-lede")}</p>
      <Shown query={query}>
        {(all) => (
          <>
            <p className={all.kept ? "quiet-text" : "note"}>
              {say(all.kept ? "app-drafts-kept" : "app-drafts-not-kept")}
            </p>
            <NewDraft />
            <List drafts={all} />
          </>
        )}
      </Shown>
    </div>
  );
}

function List({ drafts }: { drafts: Drafts }): ReactNode {
  const { say, formats, language } = useWords();
  return (
    <section aria-live="polite">
      <h2>{say("app-drafts-there")}</h2>
      {drafts.items.length + drafts.making.length === 0 && <Empty>{say("app-no-drafts")}</Empty>}
      <ul className="cards">
        {drafts.making.map((one) => (
          <li key={one.id} className="card">
            <p className="card-head">
              <b dir="auto">{one.name}</b>
              <span className={`badge ${one.state === "failed" ? "st-overdue" : "st-in_progress"}`}>
                {say(`app-order-state-${one.state}`)}
              </span>
            </p>
            {one.failed ? (
              <p className="form-error">{String(one.failed.detail ?? one.failed.code)}</p>
            ) : (
              <p>
                <progress aria-label={say("app-draft-making")} /> {say("app-draft-making")}
              </p>
            )}
          </li>
        ))}
        {drafts.items.map((one) => (
          <li key={one.id} className="card">
            <p className="card-head">
              <a href={to("drafts", one.id)} dir="auto">
                {nameIn(one.title, language)}
              </a>
              <span className={`badge ${one.confirmed.length > 0 ? "st-met" : "st-in_progress"}`}>
                {one.confirmed.length > 0
                  ? say("accord-status-confirmed")
                  : say("app-draft-left", { count: one.undecided })}
              </span>
            </p>
            <p className="quiet-text">
              <bdi>{one.document}</bdi> · {one.author} · {formats.moment(one.made_at)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
