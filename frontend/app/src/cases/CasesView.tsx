import { useQuery } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { flag } from "../address/address";
import { to, useKeys } from "../address/useAddress";
import { Outcome } from "../marks/Outcome";
import { Empty, Shown } from "../marks/States";
import { Watched } from "../marks/Watched";
import { useEntry } from "../offline/useEntry";
import { api, type CaseRow, paths } from "../server/api";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { CaseSteps } from "./CaseSteps";

const KEYS = { overdue: flag() } as const;

/** Allegations through inquiry, finding and answer: who must act next, and until when. */
export default function CasesView({ thing }: { thing: string }): ReactNode {
  const { say } = useWords();
  const when = useWhen();
  const [keys, put] = useKeys(KEYS);
  const { may } = useHere();
  const query = useQuery({ queryKey: ["cases", when], queryFn: () => api.cases(when) });
  return (
    <div className="cases">
      <h1>{say("app-view-cases")}</h1>
      <p className="lede">{say("app-cases-lede")}</p>
      <label className="check">
        <input
          type="checkbox"
          checked={keys.overdue}
          onChange={(event) => put({ overdue: event.target.checked })}
        />
        {say("app-only-overdue")}
      </label>
      <Shown query={query}>
        {({ items }) => {
          const shown = items.filter((one) => !keys.overdue || one.next?.overdue);
          return (
            <>
              {shown.length === 0 && <Empty>{say("app-no-cases")}</Empty>}
              <ul className="cards">
                {shown.map((one) => (
                  <CaseCard key={one.case} row={one} open={one.case === thing} />
                ))}
              </ul>
            </>
          );
        }}
      </Shown>
      {may("open_case") && <OpenCase />}
    </div>
  );
}

/** The thirty days before an instant. */
const before = (instant: string): string =>
  `${new Date(Date.parse(instant) - 30 * 86_400_000).toISOString()}/${new Date(instant).toISOString()}`;

function CaseCard({ row, open }: { row: CaseRow; open: boolean }): ReactNode {
  const { say, formats, language } = useWords();
  const when = useWhen();
  const { workspace } = useHere();
  const name = (id: string): string =>
    id === "office"
      ? say("app-office")
      : nameIn(workspace.parties.find((one) => one.id === id)?.names, language) || id;
  return (
    <li className={row.next?.overdue ? "card card-late" : "card"}>
      <p className="card-head">
        <a href={to("cases", open ? "" : row.case)} aria-expanded={open}>
          <bdi>{row.title ?? row.case}</bdi>
        </a>
        <span className="badge st-in_progress">{say(`case-${row.state}`)}</span>
      </p>
      {row.next && (
        <p>
          <b>{say("app-next-step", { what: say(`case-due-${row.next.what}`) })}</b>
          {" · "}
          {formats.list(row.next.who.map(name))}
          {" · "}
          <span className={row.next.overdue ? "row-late" : ""}>
            {say(row.next.overdue ? "app-was-due" : "app-is-due", { day: formats.lastDay(row.next.due) })}
          </span>
        </p>
      )}
      <dl className="facts">
        {row.parties.length > 0 && (
          <div>
            <dt>{say("app-concerned")}</dt>
            <dd>{formats.list(row.parties.map(name))}</dd>
          </div>
        )}
        {row.result && (
          <div>
            <dt>{say("board-finding")}</dt>
            <dd>{say(`case-result-${row.result}`)}</dd>
          </div>
        )}
        <div>
          <dt>{say("app-opened")}</dt>
          <dd>{formats.shortDay(row.opened_at)}</dd>
        </div>
      </dl>
      <p className="quiet-text">
        {say("app-case-reports", {
          count: row.observations.length,
          shown: formats.number(row.observations.length),
        })}{" "}
        {say("app-case-watched")} <Watched datetime={before(row.opened_at)} known_at={when.known_at} />
      </p>
      {row.observations.length > 0 && (
        <p className="quiet-text">
          {row.observations.map((id) => (
            <a key={id} href={to("explain", id)} className="spaced">
              <code>{id.slice(0, 12)}…</code>
            </a>
          ))}
        </p>
      )}
      {open && <CaseSteps row={row} />}
    </li>
  );
}

function OpenCase(): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const { enter, told, failed, busy } = useEntry();
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const sent = await enter(paths.cases, {
      title: String(given.get("title")),
      allegation: String(given.get("allegation")),
      observations: String(given.get("observations"))
        .split(/[\s,]+/)
        .filter(Boolean),
      parties: given.getAll("parties").map(String),
      obligations: given.getAll("obligations").map(String).filter(Boolean),
    });
    if (sent) form.reset();
  };
  return (
    <details className="card">
      <summary>{say("app-case-open")}</summary>
      <form className="form" onSubmit={submit}>
        <label>
          {say("app-case-title")}
          <input name="title" required dir="auto" />
        </label>
        <label>
          {say("app-allegation")}
          <textarea name="allegation" required rows={3} dir="auto" />
        </label>
        <label>
          {say("app-case-observations")}
          <input name="observations" dir="ltr" />
        </label>
        <label>
          {say("section-board")}
          <select name="obligations" defaultValue="">
            <option value="">–</option>
            {workspace.provisions.map((one) => (
              <option key={one.id} value={one.id}>
                {nameIn(one.title, language) || one.id}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="choices">
          <legend>{say("app-concerned")}</legend>
          {workspace.parties.map((one) => (
            <label key={one.id} className="check">
              <input type="checkbox" name="parties" value={one.id} />
              {nameIn(one.names, language)}
            </label>
          ))}
        </fieldset>
        <Outcome failed={failed} told={told} />
        <button type="submit" disabled={busy}>
          {say("app-record")}
        </button>
      </form>
    </details>
  );
}
