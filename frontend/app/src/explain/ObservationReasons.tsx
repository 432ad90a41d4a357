import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { ReportActions } from "../desk/ReportActions";
import { StatusBadge } from "../marks/Sign";
import { useObligationName } from "../server/names";
import { useHere } from "../server/session";
import type { ExplainedObservation } from "../server/types";
import { useKindName } from "../server/vocabulary";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Photographs } from "./Photographs";
import { SectionTitle } from "./SectionTitle";

export function ObservationReasons({
  explained,
  page,
}: {
  explained: ExplainedObservation;
  page: boolean;
}): ReactNode {
  const { say, formats, language } = useWords();
  const { workspace } = useHere();
  const kindName = useKindName();
  const obligationName = useObligationName();
  const seen = explained.observation;
  const Title = page ? "h1" : "h2";
  const party = (id: string): string => {
    if (id === "unknown") return say("unknown");
    return nameIn(workspace.parties.find((one) => one.id === id)?.names, language) || id;
  };
  const facts: [string, ReactNode][] = [
    [say("col-when"), span(formats, seen.occurred_from, seen.occurred_to)],
    [
      say("col-where"),
      <>
        <bdi>{seen.place ?? say("no-place")}</bdi>
        {seen.error_m ? ` (${say("within-km", { km: formats.km(seen.error_m) })})` : ""}
        {seen.lon !== null && seen.lon !== undefined && seen.lat !== null && seen.lat !== undefined && (
          <>
            {" "}
            <a href={to("map", "", { sel: seen.id, at: `${seen.lon}_${seen.lat}_10` })}>
              {say("show-on-map")}
            </a>
          </>
        )}
      </>,
    ],
    [say("col-who"), seen.actors?.length ? formats.list(seen.actors.map(party)) : say("nobody")],
  ];
  if (seen.targets?.length) facts.push([say("app-target"), formats.list(seen.targets.map(party))]);
  if (seen.count) facts.push([say("app-count"), formats.number(seen.count)]);
  if (seen.source)
    facts.push([
      say("col-source"),
      <>
        <bdi>{seen.source}</bdi> ·{" "}
        {seen.reliability
          ? say("rated", { rating: `${seen.reliability}${seen.credibility ?? ""}` })
          : say("rating-none")}
      </>,
    ]);
  if (seen.origin_file)
    facts.push([
      say("col-original"),
      <>
        {say("row-of", { file: seen.origin_file, row: formats.number(seen.origin_row ?? 0) })}
        {seen.origin_sha256 && (
          <>
            {" "}
            <code title={seen.origin_sha256}>{seen.origin_sha256.slice(0, 12)}…</code>
          </>
        )}
      </>,
    ]);
  for (const one of explained.recorded_by ?? [])
    facts.push([say("app-recorded"), formats.moment(one.recorded_at)]);
  return (
    <>
      <Title className="explain-title">{kindName(seen.kind)}</Title>
      <p className="tags">
        {seen.synthetic && <span className="tag tag-synthetic">{say("mark-synthetic")}</span>}
        {seen.claim && <span className="tag">{say("mark-claim")}</span>}
        {seen.retracted && <span className="tag">{say("mark-retracted")}</span>}
        {explained.dispute && <span className="tag">{say("mark-disputed")}</span>}
        {explained.stands.superseded_by && <span className="tag">{say("mark-superseded")}</span>}
        {explained.stands.counts === false && <span className="tag">{say("app-counts-not")}</span>}
      </p>
      {seen.report && (
        <figure className="quote">
          <blockquote dir="auto">{seen.report}</blockquote>
        </figure>
      )}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{say("factor-report")}</dt>
          <dd>{formats.percent(explained.report_true)}</dd>
        </div>
      </dl>
      <section>
        <SectionTitle>{say("app-adds")}</SectionTitle>
        {explained.adds.length === 0 && <p>{say("app-adds-nothing")}</p>}
        <ul className="reports">
          {explained.adds.map((one) => (
            <li key={one.obligation} className="report">
              <p className="report-head">
                <a href={to("explain", one.obligation)}>{obligationName(one.obligation)}</a>
                <StatusBadge status={one.status} />
                <b className="report-p">{formats.percent(one.probability)}</b>
              </p>
              <p className="factors">
                {Object.entries(one.factors).map(([name, value], at) => (
                  <span key={name}>
                    {at > 0 && <span aria-hidden="true"> × </span>}
                    {say(`factor-${name}`)} <b>{formats.number(value, 2)}</b>
                  </span>
                ))}
              </p>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <SectionTitle>{say("app-same-incident")}</SectionTitle>
        {explained.same_incident.length === 0 ? (
          <p>{say("app-same-incident-none")}</p>
        ) : (
          <ul>
            {explained.same_incident.map((one) => {
              const id = typeof one === "string" ? one : one.observation;
              return (
                <li key={id}>
                  <a href={to("explain", id)}>
                    <code>{id}</code>
                  </a>
                </li>
              );
            })}
          </ul>
        )}
      </section>
      <Photographs id={seen.id} />
      <ReportActions seen={seen} />
      <p className="quiet-text">
        {say("board-id")}: <code>{explained.id}</code> ·{" "}
        <a href={to("log", explained.id)}>{say("app-prove")}</a>
      </p>
    </>
  );
}

function span(
  formats: { shortDay(at: string): string; lastDay(at: string): string },
  from: string,
  until: string,
): string {
  const [first, last] = [formats.shortDay(from), formats.lastDay(until)];
  return first === last || Date.parse(until) <= Date.parse(from) ? first : `${first} – ${last}`;
}
