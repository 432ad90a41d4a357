import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { go, to } from "../address/useAddress";
import { Sign } from "../marks/Sign";
import { Shown } from "../marks/States";
import { Rejected } from "../proofs/bytes";
import { canVerify, openHead, parseKey } from "../proofs/head";
import { type Proof, type Proved, verifyProof } from "../proofs/verify";
import { api, type HeadAnswer } from "../server/api";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { keepHead, keptKey, readKept } from "./kept-head";

export default function LogView({ thing }: { thing: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({ queryKey: ["head"], queryFn: api.head });
  return (
    <div className="log">
      <h1>{say("app-view-log")}</h1>
      <p className="lede">{say("app-log-lede")}</p>
      <Shown query={query}>
        {(head) => (
          <>
            <HeadCheck head={head} />
            <ProofCheck head={head} thing={thing} />
          </>
        )}
      </Shown>
    </div>
  );
}

type Checked = { state: "good"; lines: string[] } | { state: "bad"; why: string } | null;

function useCheck(): [Checked, (act: () => Promise<string[]>) => Promise<void>] {
  const { say } = useWords();
  const [checked, setChecked] = useState<Checked>(null);
  const run = async (act: () => Promise<string[]>): Promise<void> => {
    try {
      if (!(await canVerify())) throw new Rejected("app-no-ed25519");
      setChecked({ state: "good", lines: await act() });
    } catch (error) {
      setChecked({
        state: "bad",
        why:
          error instanceof Rejected ? say(error.why) : error instanceof Error ? error.message : String(error),
      });
    }
  };
  return [checked, run];
}

function Outcome({ checked }: { checked: Checked }): ReactNode {
  const { say } = useWords();
  if (!checked) return null;
  if (checked.state === "bad")
    return (
      <p className="outcome st-breached" role="alert">
        <Sign name="breached" /> {say("app-proof-bad")} {checked.why}
      </p>
    );
  return (
    <div className="outcome st-met" role="status">
      <p>
        <Sign name="met" /> <b>{say("app-proof-good")}</b>
      </p>
      <ul>
        {checked.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function HeadCheck({ head }: { head: HeadAnswer }): ReactNode {
  const { say, formats } = useWords();
  const [checked, run] = useCheck();
  const kept = readKept(head.origin);
  const firstKey = keptKey(head.origin);
  const key = head.keys[0] ?? "";
  const check = (): Promise<void> =>
    run(async () => {
      // The key of the first visit is held on to: a log that comes with another one is not the same log.
      if (firstKey && !head.keys.includes(firstKey)) throw new Rejected("app-proof-key-changed");
      if (head.note === null) throw new Rejected("app-head-unsigned");
      const parsed = await parseKey(firstKey ?? key);
      const opened = await openHead(head.note, parsed);
      const lines = [
        say("app-head-signed", { size: formats.number(opened.size) }),
        say("app-head-recorded", { when: formats.moment(opened.recorded) }),
      ];
      if (kept) {
        const proof = await api.consistency(kept);
        const proved = await verifyProof(proof, firstKey ?? key, kept);
        lines.push(say("app-head-continues", { size: formats.number(proved.continues ?? opened.size) }));
      }
      keepHead(head.origin, head.note, firstKey ?? key);
      return lines;
    });
  return (
    <section className="card">
      <h2>{say("app-head")}</h2>
      <dl className="facts">
        <div>
          <dt>{say("app-entries")}</dt>
          <dd>{formats.number(head.size)}</dd>
        </div>
        <div>
          <dt>{say("app-root")}</dt>
          <dd>
            <code dir="ltr">{head.root}</code>
          </dd>
        </div>
        <div>
          <dt>{say("app-log-key")}</dt>
          <dd>
            {head.keys.map((one) => (
              <code key={one} dir="ltr">
                {one}
              </code>
            ))}
          </dd>
        </div>
      </dl>
      <p className="quiet-text">{say(kept ? "app-head-kept" : "app-head-not-kept")}</p>
      <div className="buttons">
        <button type="button" className="primary" onClick={check}>
          {say("app-verify-head")}
        </button>
        {head.note !== null && (
          <a
            className="button"
            download="head.txt"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(head.note)}`}
          >
            {say("app-download-head")}
          </a>
        )}
      </div>
      <Outcome checked={checked} />
    </section>
  );
}

function ProofCheck({ head, thing }: { head: HeadAnswer; thing: string }): ReactNode {
  const { say, formats } = useWords();
  const { may } = useHere();
  const [asked, setAsked] = useState(thing);
  const [checked, run] = useCheck();
  const [proved, setProved] = useState<Proved | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const id = asked.trim();
    if (id !== thing) go(to("log", id));
    setProved(null);
    await run(async () => {
      const proof: Proof = await api.proof(id, !may("proofs"));
      const result = await verifyProof(proof, keptKey(head.origin) ?? head.keys[0] ?? "");
      setProved(result);
      const lines = [
        say("app-leaf-in-tree", {
          index: formats.number((result.index ?? 0) + 1),
          size: formats.number(result.size),
        }),
      ];
      lines.push(say(result.content ? "app-leaf-content" : "app-leaf-withheld"));
      if (result.recordedAtUs !== null)
        lines.push(say("app-leaf-recorded", { when: formats.moment(new Date(result.recordedAtUs / 1000)) }));
      return lines;
    });
  };
  return (
    <section className="card">
      <h2>{say("app-prove-title")}</h2>
      <p>
        {say("app-prove-hint")} <code dir="ltr">entry:3</code>
      </p>
      <form className="form form-line" onSubmit={submit}>
        <label>
          {say("board-id")}
          <input value={asked} onChange={(event) => setAsked(event.target.value)} dir="ltr" required />
        </label>
        <button type="submit">{say("app-prove")}</button>
      </form>
      <Outcome checked={checked} />
      {proved?.content && (
        <details>
          <summary>{say("app-what-was-recorded")}</summary>
          <pre dir="ltr">{JSON.stringify(proved.content, null, 2)}</pre>
        </details>
      )}
    </section>
  );
}
