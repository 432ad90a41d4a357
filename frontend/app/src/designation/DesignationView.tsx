import { useQuery } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { Outcome } from "../marks/Outcome";
import { Empty, Shown } from "../marks/States";
import { api, type Confirmation, type Proposal, type SubjectProposal } from "../server/api";
import { usePartyName } from "../server/names";
import { useHere } from "../server/session";
import { KeyFile } from "../signing/KeyFile";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Stands, Steps } from "./Stands";
import { Subjects } from "./Subjects";
import { useStep } from "./useStep";

/** The list that parties make together: each signs with its own key, in its own browser. */
export default function DesignationView(): ReactNode {
  const { say } = useWords();
  const query = useQuery({ queryKey: ["designations"], queryFn: api.designations });
  return (
    <div className="designation">
      <h1>{say("app-view-designation")}</h1>
      <p className="lede">{say("app-designation-lede")}</p>
      <Shown query={query}>{(all) => <Filled {...all} />}</Shown>
    </div>
  );
}

interface FilledGiven {
  designations: readonly Proposal[];
  subjects: readonly SubjectProposal[];
  in_use: readonly Confirmation[];
}

function Filled({ designations, subjects, in_use }: FilledGiven): ReactNode {
  const { say } = useWords();
  const { may, session } = useHere();
  const signs = may("sign") && session.party !== null;
  return (
    <>
      {signs && (
        <section className="card">
          <h2>{say("app-key-title")}</h2>
          <KeyFile />
        </section>
      )}
      {signs && <Propose />}
      {designations.length === 0 && <Empty>{say("app-no-proposals")}</Empty>}
      <ul className="cards">
        {designations.map((one) => (
          <ProposalCard key={one.proposal} proposal={one} signs={signs} />
        ))}
      </ul>
      <Subjects inUse={in_use} proposals={subjects} signs={signs} />
    </>
  );
}

function Propose(): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const { act, failed, busy } = useStep();
  const groups = workspace.parties.filter((one) => one.role === "group");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    if (await act({ act: "propose", group: String(new FormData(form).get("group")) })) form.reset();
  };
  return (
    <section className="card">
      <h2>{say("app-propose")}</h2>
      <form className="form form-line" onSubmit={submit}>
        <label>
          {say("app-group")}
          <select name="group" required defaultValue="">
            <option value="">{say("app-choose")}</option>
            {groups.map((one) => (
              <option key={one.id} value={one.id}>
                {nameIn(one.names, language)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={busy}>
          {say("app-propose-and-sign")}
        </button>
      </form>
      <Outcome failed={failed} />
    </section>
  );
}

const MARK = { "in-force": "st-met", disputed: "st-disputed", waiting: "st-in_progress" } as const;

function ProposalCard({ proposal, signs }: { proposal: Proposal; signs: boolean }): ReactNode {
  const { say } = useWords();
  const name = usePartyName();
  const state = proposal.in_force ? "in-force" : proposal.objected_by.length > 0 ? "disputed" : "waiting";
  return (
    <li className="card">
      <p className="card-head">
        <b>{name(proposal.group ?? "")}</b>
        <span className={`badge ${MARK[state]}`}>{say(`app-proposal-${state}`)}</span>
      </p>
      <Stands {...proposal} />
      <Steps proposal={proposal} signs={signs} />
    </li>
  );
}
