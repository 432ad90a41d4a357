import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { Dispute } from "../desk/Dispute";
import { Probability } from "../marks/Probability";
import { StatusBadge } from "../marks/Sign";
import { useHere } from "../server/session";
import type { ExplainedObligation } from "../server/types";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { ReportList } from "./ReportList";
import { SectionTitle } from "./SectionTitle";

export function ObligationReasons({
  explained,
  page,
}: {
  explained: ExplainedObligation;
  page: boolean;
}): ReactNode {
  const { say, formats, language } = useWords();
  const { workspace, may } = useHere();
  const { verdict, provision, rule } = explained;
  const title = nameIn(provision.title, language) || provision.id;
  const Title = page ? "h1" : "h2";
  const partyName = (id: string): string =>
    nameIn(workspace.parties.find((one) => one.id === id)?.names, language) || id;
  return (
    <>
      <Title className="explain-title" dir="auto">
        {title}
      </Title>
      <p className="explain-verdict">
        <StatusBadge status={verdict.status} />
        <Probability p={verdict.probability} proposition={verdict.proposition} />
      </p>
      <dl className="facts">
        <div>
          <dt>{say("app-kind")}</dt>
          <dd>{say(`kind-${verdict.kind}`)}</dd>
        </div>
        <div>
          <dt>{say("board-binds")}</dt>
          <dd>
            {provision.binds.length > 0
              ? formats.list(provision.binds.map(partyName))
              : say("board-binds-nobody")}
          </dd>
        </div>
        <div>
          <dt>{say("board-finding")}</dt>
          <dd>{say(`finding-${verdict.finding}`)}</dd>
        </div>
        {verdict.due && (
          <div>
            <dt>{say("app-deadline")}</dt>
            <dd>{formats.lastDay(verdict.due)}</dd>
          </div>
        )}
        {verdict.since && (
          <div>
            <dt>{say("app-since")}</dt>
            <dd>{formats.shortDay(verdict.since)}</dd>
          </div>
        )}
        <div>
          <dt>{say("board-effort")}</dt>
          <dd>
            {verdict.effort_h > 0
              ? say("board-effort-hours", { hours: formats.number(verdict.effort_h) })
              : say("board-effort-none")}
            {verdict.access_refused > 0 &&
              ` · ${say("board-effort-refused", { count: verdict.access_refused, shown: formats.number(verdict.access_refused) })}`}
          </dd>
        </div>
      </dl>

      <section>
        <SectionTitle>{say("board-reasons")}</SectionTitle>
        {verdict.because.length === 0 ? (
          <p>{say("board-no-reasons")}</p>
        ) : (
          <ol className="reasons">
            {verdict.because.map((sentence, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may stand twice
              <li key={`${at}-${sentence}`} dir="auto">
                {sentence}
                {(verdict.reasons[at]?.evidence.length ?? 0) > 0 && (
                  <span className="cites">
                    {verdict.reasons[at]?.evidence.slice(0, 3).map((id, number) => (
                      <a key={id} href={to("explain", id)}>
                        <span className="sr">{say("app-report-of", { id })} </span>[
                        {formats.number(number + 1)}]
                      </a>
                    ))}
                  </span>
                )}
              </li>
            ))}
          </ol>
        )}
      </section>

      <section>
        <SectionTitle>{say("board-quote")}</SectionTitle>
        {provision.quotes.length === 0 && <p>{say("board-quote-none")}</p>}
        {provision.quotes.map((quote) => (
          <figure key={`${quote.source}-${quote.start}`} className="quote">
            <blockquote dir="auto">{quote.exact}</blockquote>
            <figcaption>
              <a href={to("accord", provision.id)}>{say("app-in-the-text")}</a>
              {quote.speaker && ` · ${say("said-by", { speaker: partyName(quote.speaker) })}`}
            </figcaption>
          </figure>
        ))}
        {provision.condition && (
          <p>
            <b>{say("board-condition")}:</b> <span dir="auto">{provision.condition}</span>
          </p>
        )}
        {provision.depends_on.length > 0 && (
          <p>
            <b>{say("board-depends")}:</b>{" "}
            {provision.depends_on.map((id) => (
              <a key={id} href={to("explain", id)} className="spaced">
                {id}
              </a>
            ))}
          </p>
        )}
        {explained.reading_dependent.length > 0 && (
          <div className="note">
            <b>{say("board-readings")}</b>
            <ul>
              {explained.reading_dependent.map((one) => (
                <li key={one.interpretation} dir="auto">
                  {one.question}
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>

      <ReportList
        title={say("board-evidence")}
        reports={explained.evidence.filter((one) => !one.against)}
        total={verdict.evidence.length}
      />
      <ReportList
        title={say("board-counter")}
        reports={explained.evidence.filter((one) => one.against)}
        total={verdict.counter_evidence.length}
      />

      <details className="rule">
        <summary>{say("app-rule")}</summary>
        <p dir="auto">{rule.method}</p>
        <p dir="auto">{rule.formula}</p>
        <table className="numbers">
          <caption className="sr">{say("app-rule-numbers")}</caption>
          <tbody>
            {Object.entries(rule.numbers)
              .filter(([, value]) => typeof value === "number" || typeof value === "string")
              .map(([name, value]) => (
                <tr key={name}>
                  <th scope="row" dir="ltr">
                    {name}
                  </th>
                  <td dir="ltr">{String(value)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
      {may("dispute") && <Dispute target={explained.id} signable />}
      <p className="quiet-text">
        {say("board-id")}: <code>{explained.id}</code> · {say("fact-known-at")}:{" "}
        {formats.moment(String(explained.inputs.known_at ?? new Date().toISOString()))}
      </p>
    </>
  );
}
