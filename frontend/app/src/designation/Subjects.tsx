import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Outcome } from "../marks/Outcome";
import { api, type Confirmation, type SubjectProposal } from "../server/api";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Stands, Steps } from "./Stands";
import { useStep } from "./useStep";

const MARK: Readonly<Record<string, string>> = {
  confirmed: "st-met",
  disputed: "st-disputed",
  changed: "st-overdue",
  partly: "st-in_progress",
  unconfirmed: "st-unverified",
};

interface Given {
  inUse: readonly Confirmation[];
  proposals: readonly SubjectProposal[];
  signs: boolean;
}

/** The accord, the zones and the lines as they are in use: whether all who must have signed them. */
export function Subjects({ inUse, proposals, signs }: Given): ReactNode {
  const { say } = useWords();
  if (inUse.length === 0) return null;
  return (
    <section>
      <h2>{say("signed-title")}</h2>
      <p className="quiet-text">{say("signed-hint")}</p>
      <ul className="cards">
        {inUse.map((one) => (
          <SubjectCard
            key={one.subject}
            subject={one}
            proposal={proposals.find((proposal) => proposal.proposal === one.proposal)}
            signs={signs}
          />
        ))}
      </ul>
    </section>
  );
}

interface CardGiven {
  subject: Confirmation;
  proposal: SubjectProposal | undefined;
  signs: boolean;
}

function SubjectCard({ subject, proposal, signs }: CardGiven): ReactNode {
  const { say, language } = useWords();
  const { session, workspace } = useHere();
  const { act, failed, busy } = useStep();
  const accord = useQuery({ queryKey: ["accord"], queryFn: api.accord }).data;
  const [kind = "", id = ""] = subject.subject.split(":");
  const names = {
    accord: workspace.title,
    zone: accord?.zones?.find((one) => one.id === id)?.names,
    line: accord?.lines?.find((one) => one.id === id)?.names,
  }[kind];
  const mine = signs && subject.must.includes(session.party ?? "");
  return (
    <li className="card">
      <p className="card-head">
        <b>
          {say(`app-subject-${kind}`)}: <bdi>{nameIn(names, language) || id}</bdi>
        </b>
        <span className={`badge ${MARK[subject.state] ?? "st-unverified"}`}>
          {say(`signed-${subject.state}`)}
        </span>
      </p>
      <Stands {...subject} />
      {proposal && <Steps proposal={proposal} signs={mine} />}
      {!proposal && mine && (
        <p>
          <button
            type="button"
            disabled={busy}
            onClick={() =>
              void act({ act: "propose", subject: kind === "accord" ? "accord" : subject.subject })
            }
          >
            {say("app-propose-and-sign")}
          </button>
        </p>
      )}
      <Outcome failed={failed} />
    </li>
  );
}
