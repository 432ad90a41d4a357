import { type ReactNode, useState } from "react";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useHeldKey } from "../signing/held-key";
import { KeyFile } from "../signing/KeyFile";
import { signText } from "../signing/party-key";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Act } from "./Act";

interface Given {
  target: string;
  /** Whether a party's key can sign it: observations go by other names here than in the record. */
  signable?: boolean;
}

/** An objection, or a support, of a party or of the one who is signed in. */
export function Dispute({ target, signable = false }: Given): ReactNode {
  const { say, language } = useWords();
  const { session, workspace, may } = useHere();
  const key = useHeldKey();
  const [signs, setSigns] = useState(false);
  const maySign = signable && may("sign") && session.party !== null;

  const bodyOf = async (given: FormData): Promise<object> => {
    const party = session.party ?? String(given.get("party") ?? "");
    const said = { act: String(given.get("act")), target, reason: String(given.get("reason")).trim() };
    if (!maySign || !signs) return { ...said, ...(party ? { party } : {}) };
    if (!key) throw new Error(say("app-key-missing"));
    const { content } = await api.preparePosition(said);
    const signed = { content, signature: await signText(key, content), public_key: key.public };
    return { ...said, party, signed };
  };

  return (
    <Act title={say("app-dispute")} bodyOf={bodyOf}>
      <fieldset className="choices">
        <legend className="sr">{say("app-dispute")}</legend>
        {(["dispute", "support", "undispute"] as const).map((act) => (
          <label key={act}>
            <input type="radio" name="act" value={act} defaultChecked={act === "dispute"} />{" "}
            {say(`app-act-${act}`)}
          </label>
        ))}
      </fieldset>
      {!session.party && (
        <label>
          {say("app-in-the-name-of")}
          <select name="party" defaultValue="">
            <option value="">{say("app-own-name")}</option>
            {workspace.parties.map((one) => (
              <option key={one.id} value={one.id}>
                {nameIn(one.names, language)}
              </option>
            ))}
          </select>
        </label>
      )}
      {maySign && (
        <label className="check">
          <input type="checkbox" checked={signs} onChange={(event) => setSigns(event.target.checked)} />
          {say("app-sign-with-key")}
        </label>
      )}
      {maySign && signs && !key && <KeyFile />}
      {maySign && signs && key && <p role="status">{say("app-key-held")}</p>}
    </Act>
  );
}
