import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import type { Weighed } from "../server/types";
import { useKindName } from "../server/vocabulary";
import { useWords } from "../words/Words";
import { SectionTitle } from "./SectionTitle";

/** The reports behind a verdict, each with the factors that it weighs by, down to the row that it came from. */
export function ReportList({
  title,
  reports,
  total,
}: {
  title: string;
  reports: readonly Weighed[];
  total: number;
}): ReactNode {
  const { say, formats } = useWords();
  const kindName = useKindName();
  if (reports.length === 0 && total === 0) return null;
  return (
    <section>
      <SectionTitle>
        {title} <span className="quiet-text">{formats.number(total)}</span>
      </SectionTitle>
      <ul className="reports">
        {reports.map((one) => (
          <li key={one.observation} className={one.synthetic ? "report report-synthetic" : "report"}>
            <p className="report-head">
              <a href={to("explain", one.observation)}>{one.kind ? kindName(one.kind) : one.observation}</a>
              {one.synthetic && <span className="tag tag-synthetic">{say("mark-synthetic")}</span>}
              {one.claim && <span className="tag">{say("mark-claim")}</span>}
              {one.probability !== undefined && (
                <b className="report-p">{formats.percent(one.probability)}</b>
              )}
            </p>
            <p className="quiet-text">
              {one.occurred_from && formats.shortDay(one.occurred_from)}
              {one.place && (
                <>
                  {" · "}
                  <bdi>{one.place}</bdi>
                </>
              )}
              {one.error_m ? ` · ${say("within-km", { km: formats.km(one.error_m) })}` : ""}
              {one.source && (
                <>
                  {" · "}
                  <bdi>{one.source}</bdi>
                </>
              )}
              {one.reliability &&
                ` · ${say("rated", { rating: `${one.reliability}${one.credibility ?? ""}` })}`}
            </p>
            {one.report && (
              <p className="report-words" dir="auto">
                {one.report}
              </p>
            )}
            {one.factors && one.probability !== undefined && (
              <p className="factors">
                {Object.entries(one.factors).map(([name, value], at) => (
                  <span key={name}>
                    {at > 0 && <span aria-hidden="true"> × </span>}
                    {say(`factor-${name}`)} <b>{formats.number(value, 2)}</b>
                  </span>
                ))}
                <span>
                  {" = "}
                  <b>{formats.number(one.probability, 2)}</b>
                </span>
              </p>
            )}
            {one.origin_file && (
              <p className="quiet-text">
                {say("row-of", { file: one.origin_file, row: formats.number(one.origin_row ?? 0) })}
              </p>
            )}
          </li>
        ))}
      </ul>
      {total > reports.length && (
        <p className="quiet-text">
          {say("board-more", {
            count: total - reports.length,
            shown: formats.number(total - reports.length),
          })}
        </p>
      )}
    </section>
  );
}
