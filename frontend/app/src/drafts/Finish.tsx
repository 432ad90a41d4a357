import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { api } from "../server/api";
import { renew } from "../server/renew";
import { useWords } from "../words/Words";
import { useDecisions } from "./useDecisions";

/** Confirms the accord once nothing is open, and hands it out; who decided what stays below. */
export function Finish(): ReactNode {
  const { say, formats } = useWords();
  const { draft } = useDecisions();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setFailed(null);
    setBusy(true);
    try {
      await api.confirmDraft(draft.id, draft.seq);
      await renew(client, { queryKey: ["drafts"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const last = draft.confirmed.at(-1);
  return (
    <section className="card">
      <h2>{say("app-draft-finish")}</h2>
      {draft.left.length > 0 && <p>{say("app-draft-left", { count: draft.left.length })}</p>}
      {draft.faults.length > 0 && (
        <>
          <p>{say("app-draft-faults")}</p>
          <ul>
            {draft.faults.map((one) => (
              <li key={`${one.path} ${one.message}`} dir="auto">
                {one.message}
              </li>
            ))}
          </ul>
        </>
      )}
      {last && (
        <p className="told">
          {say("app-draft-confirmed", { who: last.author, when: formats.moment(last.at) })}
        </p>
      )}
      <div className="buttons">
        <button
          type="button"
          className="primary"
          disabled={busy || draft.left.length > 0}
          onClick={() => void confirm()}
        >
          {say("app-draft-confirm")}
        </button>
        <a className="button" href={api.draftAccord(draft.id)} download="accord.yaml">
          {say(last ? "app-draft-fetch-accord" : "app-draft-fetch-draft")}
        </a>
        <a className="button" href={api.draftPackage(draft.id)} download={`draft-${draft.id}.zip`}>
          {say("app-draft-fetch-package")}
        </a>
      </div>
      <Outcome failed={failed} />
      <details>
        <summary>{say("app-draft-history", { count: draft.history.length })}</summary>
        <ol className="steps">
          {draft.history.map((one) => (
            <li key={one.seq}>
              <b>{say(`app-history-${one.act}`)}</b> <code dir="ltr">{one.target}</code> ·{" "}
              <bdi>{one.author}</bdi> · {formats.moment(one.at)}
              {one.note && (
                <>
                  {" · "}
                  <span dir="auto">{one.note}</span>
                </>
              )}
              {Object.keys(one.changes).length > 0 && (
                <pre dir="ltr">{JSON.stringify(one.changes, null, 1)}</pre>
              )}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
