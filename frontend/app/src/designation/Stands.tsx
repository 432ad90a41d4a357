import type { ReactNode } from "react";
import { Outcome } from "../marks/Outcome";
import type { Proposal, SubjectProposal } from "../server/api";
import { usePartyName } from "../server/names";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { type Act, stepsOf, useStep } from "./useStep";

interface StandsGiven {
  consented_by: readonly string[];
  missing: readonly string[];
  objected_by: readonly string[];
}

/** Where each party stands. */
export function Stands({ consented_by, missing, objected_by }: StandsGiven): ReactNode {
  const { say, formats } = useWords();
  const name = usePartyName();
  const rows: [string, readonly string[]][] = [
    ["app-consented", consented_by],
    ["app-missing", missing],
    ["app-objected", objected_by],
  ];
  return (
    <dl className="facts">
      {rows
        .filter(([, parties]) => parties.length > 0)
        .map(([message, parties]) => (
          <div key={message}>
            <dt>{say(message)}</dt>
            <dd>{formats.list(parties.map(name))}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What was done on a proposal, and, for a party's liaison, what it can sign next. */
export function Steps({
  proposal,
  signs,
}: {
  proposal: Proposal | SubjectProposal;
  signs: boolean;
}): ReactNode {
  const { say, formats } = useWords();
  const { session } = useHere();
  const name = usePartyName();
  const { act, failed, busy } = useStep();
  const next: Act[] = signs && session.party ? stepsOf(proposal, session.party) : [];
  return (
    <>
      <ol className="steps quiet-text">
        {(proposal.steps ?? []).map((one) => (
          <li key={`${one.party} ${one.recorded_at}`}>
            {name(one.party)}: {say(`app-step-${one.act}`)} · {formats.moment(one.recorded_at)}
          </li>
        ))}
      </ol>
      {next.length > 0 && (
        <div className="buttons">
          {next.map((one) => (
            <button
              key={one}
              type="button"
              disabled={busy}
              onClick={() => void act({ act: one, proposal: proposal.proposal })}
            >
              {say(`app-step-${one}`)}
            </button>
          ))}
        </div>
      )}
      <Outcome failed={failed} />
      <p className="quiet-text">
        <code>{proposal.proposal}</code>
      </p>
    </>
  );
}
