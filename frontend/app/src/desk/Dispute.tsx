import type { ReactNode } from "react";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useHeldKey } from "../signing/held-key";
import { isSigned, SignWithKey, signedWith } from "../signing/SignWithKey";
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
  const maySign = signable && may("sign") && session.party !== null;

  const bodyOf = async (given: FormData): Promise<object> => {
    const party = session.party ?? String(given.get("party") ?? "");
    const said = { act: String(given.get("act")), target, reason: String(given.get("reason")).trim() };
    if (!isSigned(given)) return { ...said, ...(party ? { party } : {}) };
    if (!key) throw new Error(say("app-key-missing"));
    const { content } = await api.preparePosition(said);
    return { ...said, party, signed: await signedWith(key, content) };
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
      {maySign && <SignWithKey />}
    </Act>
  );
}
