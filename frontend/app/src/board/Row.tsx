import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { Probability } from "../marks/Probability";
import { StatusBadge } from "../marks/Sign";
import type { Obligation, Status } from "../server/types";
import { daysUntil } from "../words/formats";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Trend } from "./Trend";
import type { Past } from "./trend";

interface Given {
  obligation: Obligation;
  past: Past | null;
  instants: readonly string[];
  asOf: string;
  before: Status | null;
  moved: number;
  selected: boolean;
  choose(): void;
}

const NOTABLE = 0.01;
/** Of these kinds the assessment says how long somebody watched: only then does it mean something that nothing was seen. */
const WATCHED: readonly string[] = [
  "cessation",
  "restriction",
  "ceiling",
  "weapons_withdrawal",
  "forces_withdrawal",
];

export function Row({ obligation, past, instants, asOf, before, moved, selected, choose }: Given): ReactNode {
  const { say, formats, language } = useWords();
  return (
    <li className={`row${selected ? " row-selected" : ""}${before ? " row-changed" : ""}`}>
      <StatusBadge status={obligation.status} />
      <div className="row-what">
        <a
          className="row-title"
          href={to("explain", obligation.id)}
          aria-current={selected ? "true" : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            choose();
          }}
        >
          <bdi>{nameIn(obligation.title, language) || obligation.id}</bdi>
        </a>
        <p className="row-because" dir="auto">
          {obligation.because[obligation.because.length > 1 && obligation.due ? 1 : 0] ??
            say("board-no-reasons")}
        </p>
        {WATCHED.includes(obligation.kind) && (
          <p className={obligation.effort_h > 0 ? "watched" : "watched watched-none"}>
            {obligation.effort_h > 0
              ? say("app-watched-hours", { hours: formats.number(obligation.effort_h) })
              : say("app-nobody-watched")}
          </p>
        )}
      </div>
      <div className="row-p">
        <Probability p={obligation.probability} proposition={obligation.proposition} />
        <Trend past={past} instants={instants} obligation={obligation} />
        {Math.abs(moved) >= NOTABLE && (
          <span className="moved">
            <span aria-hidden="true">{moved > 0 ? "▲" : "▼"}</span>{" "}
            {say(moved > 0 ? "app-moved-up" : "app-moved-down", {
              points: formats.number(Math.abs(moved) * 100),
            })}
          </span>
        )}
      </div>
      <Due obligation={obligation} asOf={asOf} />
    </li>
  );
}

function Due({ obligation, asOf }: { obligation: Obligation; asOf: string }): ReactNode {
  const { say, formats } = useWords();
  if (!obligation.due)
    return (
      <p className="row-due quiet-text">
        {say(
          obligation.status === "holding" || obligation.kind === "cessation"
            ? "board-standing"
            : "board-no-deadline",
        )}
      </p>
    );
  const days = daysUntil(obligation.due, asOf);
  const away = Math.abs(days);
  const over = new Date(asOf) >= new Date(obligation.due);
  return (
    <p className={`row-due${days < 0 || over ? " row-late" : ""}`}>
      <b>
        {days === 0
          ? say(over ? "board-day-over" : "board-day-of")
          : say(days > 0 ? "board-days-left" : "board-days-after", {
              count: away,
              shown: formats.number(away),
            })}
      </b>
      <span className="quiet-text">{say("board-due", { day: formats.lastDay(obligation.due) })}</span>
    </p>
  );
}
