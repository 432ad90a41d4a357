import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Empty, Shown } from "../marks/States";
import { Rejected } from "../proofs/bytes";
import { type PartyKey, readKeyFile, signText } from "../proofs/party-key";
import { api, type Confirmation, type Proposal } from "../server/api";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

type Act = "propose" | "consent" | "object" | "withdraw";

/** The list that parties make together: each signs with its own key, in its own browser. */
export default function DesignationView(): ReactNode {
  const { say } = useWords();
  const query = useQuery({ queryKey: ["designations"], queryFn: api.designations });
  return (
    <div className="designation">
      <h1>{say("app-view-designation")}</h1>
      <p className="lede">{say("app-designation-lede")}</p>
      <Shown query={query}>{(all) => <Filled proposals={all.designations} subjects={all.in_use} />}</Shown>
    </div>
  );
}

interface FilledGiven {
  proposals: readonly Proposal[];
  subjects: readonly Confirmation[];
}

function Filled({ proposals, subjects }: FilledGiven): ReactNode {
  const { say } = useWords();
  const { may, session } = useHere();
  const [key, setKey] = useState<PartyKey | null>(null);
  const signs = may("sign") && session.party !== null;
  return (
    <>
      {signs && <KeyFile held={key !== null} put={setKey} />}
      {signs && <Propose signer={key} />}
      {proposals.length === 0 && <Empty>{say("app-no-proposals")}</Empty>}
      <ul className="cards">
        {proposals.map((one) => (
          <ProposalCard key={one.proposal} proposal={one} signer={signs ? key : null} mayStep={signs} />
        ))}
      </ul>
      {subjects.length > 0 && (
        <section>
          <h2>{say("signed-title")}</h2>
          <p className="quiet-text">{say("signed-hint")}</p>
          <ul className="cards">
            {subjects.map((one) => (
              <SubjectCard key={one.subject} subject={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function usePartyName(): (id: string) => string {
  const { language } = useWords();
  const { workspace } = useHere();
  return (id) => nameIn(workspace.parties.find((one) => one.id === id)?.names, language) || id;
}

function KeyFile({ held, put }: { held: boolean; put(key: PartyKey | null): void }): ReactNode {
  const { say } = useWords();
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <section className="card">
      <h2>{say("app-key-title")}</h2>
      <p>{say("app-key-hint")}</p>
      <form className="form form-line">
        <label>
          {say("app-key-file")}
          <input
            type="file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              setFailed(null);
              put(null);
              file
                ?.text()
                .then(readKeyFile)
                .then(put)
                .catch((error: unknown) =>
                  setFailed(say(error instanceof Rejected ? error.why : "app-key-form")),
                );
            }}
          />
        </label>
      </form>
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      {held && <p role="status">{say("app-key-held")}</p>}
    </section>
  );
}

/** What a party does: the server writes the text, the party's browser signs it, the server records both. */
function useStep(signer: PartyKey | null): {
  act(what: { act: Act; group?: string; provision?: string; proposal?: string }): Promise<boolean>;
  failed: string | null;
  busy: boolean;
} {
  const { say } = useWords();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    failed,
    busy,
    act: async (what) => {
      setFailed(null);
      if (!signer) {
        setFailed(say("app-key-missing"));
        return false;
      }
      setBusy(true);
      try {
        const prepared = await api.prepareStep(what);
        await api.signStep(prepared.content, await signText(signer, prepared.content), signer.public);
        await client.invalidateQueries();
        return true;
      } catch (error) {
        setFailed(error instanceof Error ? error.message : String(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

function Propose({ signer }: { signer: PartyKey | null }): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const { act, failed, busy } = useStep(signer);
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
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
    </section>
  );
}

interface CardGiven {
  proposal: Proposal;
  signer: PartyKey | null;
  mayStep: boolean;
}

function ProposalCard({ proposal, signer, mayStep }: CardGiven): ReactNode {
  const { say, formats } = useWords();
  const { session } = useHere();
  const name = usePartyName();
  const { act, failed, busy } = useStep(signer);
  const state = proposal.in_force ? "in-force" : proposal.objected_by.length > 0 ? "disputed" : "waiting";
  const mine = session.party ?? "";
  const steps: Act[] = proposal.consented_by.includes(mine) ? ["withdraw", "object"] : ["consent", "object"];
  return (
    <li className="card">
      <p className="card-head">
        <b>{name(proposal.group ?? "")}</b>
        <span
          className={`badge ${{ "in-force": "st-met", disputed: "st-disputed", waiting: "st-in_progress" }[state]}`}
        >
          {say(`app-proposal-${state}`)}
        </span>
      </p>
      <Stands proposal={proposal} />
      <ol className="steps quiet-text">
        {(proposal.steps ?? []).map((one) => (
          <li key={`${one.party} ${one.recorded_at}`}>
            {name(one.party)}: {say(`app-step-${one.act}`)} · {formats.moment(one.recorded_at)}
          </li>
        ))}
      </ol>
      {mayStep && (
        <div className="buttons">
          {steps.map((one) => (
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
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      <p className="quiet-text">
        <code>{proposal.proposal}</code>
      </p>
    </li>
  );
}

function Stands({
  proposal,
}: {
  proposal: Pick<Proposal, "consented_by" | "missing" | "objected_by">;
}): ReactNode {
  const { say, formats } = useWords();
  const name = usePartyName();
  const rows: [string, readonly string[]][] = [
    ["app-consented", proposal.consented_by],
    ["app-missing", proposal.missing],
    ["app-objected", proposal.objected_by],
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

function SubjectCard({ subject }: { subject: Confirmation }): ReactNode {
  const { say } = useWords();
  return (
    <li className="card">
      <p className="card-head">
        <b dir="ltr">{subject.subject}</b>
        <span className="badge st-unverified">{say(`signed-${subject.state}`)}</span>
      </p>
      <Stands proposal={subject} />
    </li>
  );
}
