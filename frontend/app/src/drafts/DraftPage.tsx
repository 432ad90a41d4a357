import { type ReactNode, useMemo } from "react";
import { flag } from "../address/address";
import { to, useKeys } from "../address/useAddress";
import { Outcome } from "../marks/Outcome";
import type { DraftAnswer } from "../server/api";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { AddProvision } from "./AddProvision";
import { Finish } from "./Finish";
import { HeadCard } from "./HeadCard";
import { ProvisionCard, StatementCard } from "./ProvisionCard";
import { QuestionCard } from "./QuestionCard";
import { accordOf, type DraftProvision, piecesOf } from "./shape";
import { DecisionsContext, useDeciding } from "./useDecisions";

const KEYS = { open: flag() } as const;

/** The text sentence by sentence, beside each what was drafted of it. */
export function DraftPage({ draft }: { draft: DraftAnswer }): ReactNode {
  const { say, formats, language } = useWords();
  const deciding = useDeciding(draft);
  const [keys, put] = useKeys(KEYS);
  const accord = useMemo(() => accordOf(draft), [draft]);
  const pieces = useMemo(() => {
    const there = new Set([...accord.provisions, ...accord.statements].map((one) => one.id));
    const rejected = Object.values(draft.drafted)
      .map((one) => one as DraftProvision)
      .filter((one) => one.quotes && !there.has(one.id));
    return piecesOf(draft, accord, rejected);
  }, [draft, accord]);
  const left = new Set(draft.left);
  const general = draft.asked.filter((one) => !one.provision);
  return (
    <DecisionsContext value={deciding}>
      <div className="draft">
        <header className="draft-head">
          <p>
            <a href={to("drafts")}>{say("app-view-drafts")}</a>
          </p>
          <h1 dir="auto">{nameIn(accord.accord.title, language)}</h1>
          <p className="quiet-text">
            <bdi>{draft.document}</bdi> · {draft.author} · {formats.moment(draft.made_at)}
          </p>
          <p role="status">
            <b>{say("app-draft-left", { count: draft.left.length })}</b>
          </p>
          {draft.first_bad !== null && (
            <p className="form-error">{say("app-draft-changed", { line: draft.first_bad })}</p>
          )}
          {draft.notes.map((one) => (
            <p key={one} className="note" dir="auto">
              {one}
            </p>
          ))}
          <Outcome failed={deciding.failed} />
          <label className="check">
            <input
              type="checkbox"
              checked={keys.open}
              onChange={(event) => put({ open: event.target.checked })}
            />
            {say("app-draft-only-open")}
          </label>
        </header>
        <HeadCard accord={accord} questions={general} />
        <ol className="sentences">
          {pieces
            .filter((one) => !keys.open || one.provisions.some((provision) => isOpen(provision, draft, left)))
            .map((piece) => (
              <li key={piece.start} className="sentence">
                <div className="sentence-text">
                  <p dir="auto" className={piece.provisions.length > 0 ? "sentence-quoted" : ""}>
                    {piece.text}
                  </p>
                  <AddProvision piece={piece} accord={accord} />
                </div>
                <div className="sentence-drafted">
                  {piece.provisions.map((one) => (
                    <div key={one.id}>
                      <ProvisionCard provision={one} accord={accord} />
                      {draft.decided[one.id]?.act !== "reject" &&
                        draft.asked
                          .filter((asked) => asked.provision === one.id)
                          .map((asked) => (
                            <QuestionCard
                              key={asked.target}
                              question={asked}
                              provision={one}
                              accord={accord}
                            />
                          ))}
                    </div>
                  ))}
                  {piece.statements.map((one) => (
                    <StatementCard key={one.id} statement={one} accord={accord} />
                  ))}
                </div>
              </li>
            ))}
        </ol>
        <Finish />
      </div>
    </DecisionsContext>
  );
}

const isOpen = (one: DraftProvision, draft: DraftAnswer, left: ReadonlySet<string>): boolean =>
  left.has(one.id) || draft.asked.some((asked) => asked.provision === one.id && left.has(asked.target));
