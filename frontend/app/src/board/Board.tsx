import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { flag, list, oneOf, text } from "../address/address";
import { go, to, useKeys } from "../address/useAddress";
import { Explain } from "../explain/Explain";
import { Sign } from "../marks/Sign";
import { Empty, Shown } from "../marks/States";
import { Watched } from "../marks/Watched";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { type Assessment, type Obligation, STATUSES } from "../server/types";
import { useWhen } from "../server/when";
import { useWide } from "../shell/useWide";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Changes } from "./Changes";
import { inOrder, ORDERS, plain } from "./order";
import { Row } from "./Row";
import { useLook } from "./useLook";

const KEYS = {
  status: list(STATUSES),
  q: text(),
  order: oneOf(ORDERS, "urgency"),
  sel: text(),
  changed: flag(),
} as const;

export function Board(): ReactNode {
  const when = useWhen();
  const query = useQuery({ queryKey: ["assessment", when], queryFn: () => api.assessment(when) });
  return <Shown query={query}>{(assessment) => <Filled assessment={assessment} />}</Shown>;
}

function Filled({ assessment }: { assessment: Assessment }): ReactNode {
  const { say, language } = useWords();
  const { owner, workspace } = useHere();
  const [keys, put] = useKeys(KEYS);
  const wide = useWide();
  const look = useLook(owner, assessment);
  const when = useWhen();
  // After the board itself: how it went is read once for a state of the record, which may take a while.
  const trend = useQuery({
    queryKey: ["trend", { as_of: when.as_of, known_at: when.known_at, reading: when.reading }],
    queryFn: () => api.trend({ as_of: when.as_of, known_at: when.known_at, reading: when.reading }),
    staleTime: 300_000,
  });
  const past = useMemo(() => new Map(trend.data?.obligations.map((one) => [one.id, one])), [trend.data]);
  const rows = useRef<HTMLOListElement>(null);

  const shown = useMemo(() => {
    const wanted = plain(keys.q.trim());
    const changed = new Set(look.changes.map((one) => one.obligation.id));
    // Once all was seen there is nothing that "only these" could mean: an empty board would say that nothing stands.
    const only = keys.changed && changed.size > 0;
    return inOrder(assessment.obligations, keys.order).filter(
      (one) =>
        (keys.status.length === 0 || keys.status.includes(one.status)) &&
        (!only || changed.has(one.id)) &&
        (wanted === "" ||
          plain(`${nameIn(one.title, language)} ${one.id} ${one.because.join(" ")}`).includes(wanted)),
    );
  }, [assessment, keys, look.changes, language]);

  const selected = shown.find((one) => one.id === keys.sel) ?? null;
  const choose = (one: Obligation): void => (wide ? put({ sel: one.id }) : go(to("explain", one.id)));

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "j" && event.key !== "k") return;
      if (event.target instanceof Element && event.target.closest("input, select, textarea, [role=dialog]"))
        return;
      const links = [...(rows.current?.querySelectorAll<HTMLElement>("a.row-title") ?? [])];
      const at = links.indexOf(document.activeElement as HTMLElement);
      links[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), links.length - 1)]?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={selected && wide ? "board board-split" : "board"}>
      <section className="board-main" aria-labelledby="board-title">
        <h1 id="board-title">{say("section-board")}</h1>
        <Counts
          obligations={assessment.obligations}
          chosen={keys.status}
          choose={(status) => put({ status })}
        />
        <Changes
          look={look}
          only={keys.changed}
          setOnly={(changed) => put({ changed })}
          seen={() => {
            put({ changed: false });
            look.seen();
          }}
        />
        <search className="filters">
          <label className="filter-search">
            <span className="sr">{say("app-board-search")}</span>
            <input
              type="search"
              value={keys.q}
              placeholder={say("app-board-search")}
              onChange={(event) => put({ q: event.target.value })}
            />
          </label>
          <label>
            {say("app-order")}
            <select
              value={keys.order}
              onChange={(event) =>
                put({ order: ORDERS.find((one) => one === event.target.value) ?? "urgency" })
              }
            >
              {ORDERS.map((one) => (
                <option key={one} value={one}>
                  {say(`app-order-${one}`)}
                </option>
              ))}
            </select>
          </label>
        </search>
        {assessment.obligations.length === 0 && <Empty>{say("board-empty")}</Empty>}
        {assessment.obligations.length > 0 && shown.length === 0 && <Empty>{say("app-nothing-fits")}</Empty>}
        <ol className="rows" ref={rows}>
          {shown.map((one) => (
            <Row
              key={one.id}
              obligation={one}
              past={past.get(one.id) ?? null}
              instants={trend.data?.as_of ?? []}
              asOf={assessment.as_of}
              before={look.changes.find((change) => change.obligation.id === one.id)?.before ?? null}
              moved={look.moved(one)}
              selected={one.id === selected?.id}
              choose={() => choose(one)}
            />
          ))}
        </ol>
        <p className="quiet-text board-foot">
          {say("summary-considered", {
            count: assessment.observations_considered,
            shown: assessment.observations_considered,
          })}{" "}
          <Watched datetime={`../${when.as_of || assessment.as_of}`} known_at={when.known_at} />{" "}
          {say("fact-ruleset")}: {assessment.ruleset} ·{" "}
          {say("fact-version", {
            status: say(`accord-status-${workspace.status}`),
            version: String(workspace.version),
          })}
        </p>
      </section>
      {selected && wide && (
        <aside className="board-side" aria-label={say("app-view-explain")}>
          <Explain id={selected.id} close={() => put({ sel: "" })} />
        </aside>
      )}
    </div>
  );
}

interface CountsGiven {
  obligations: readonly Obligation[];
  chosen: readonly string[];
  choose(status: readonly string[]): void;
}

function Counts({ obligations, chosen, choose }: CountsGiven): ReactNode {
  const { say, formats } = useWords();
  const there = STATUSES.filter((status) => obligations.some((one) => one.status === status));
  return (
    <fieldset className="counts">
      <legend className="sr">{say("app-filter-status")}</legend>
      {there.map((status) => (
        <button
          key={status}
          type="button"
          className={`count st-${status}`}
          aria-pressed={chosen.includes(status)}
          title={say(`status-meaning-${status}`)}
          onClick={() =>
            choose(chosen.includes(status) ? chosen.filter((one) => one !== status) : [...chosen, status])
          }
        >
          <Sign name={status} />
          <b>{formats.number(obligations.filter((one) => one.status === status).length)}</b>
          {say(`status-${status}`)}
        </button>
      ))}
      {chosen.length > 0 && (
        <button type="button" className="link" onClick={() => choose([])}>
          {say("evidence-reset")}
        </button>
      )}
    </fieldset>
  );
}
