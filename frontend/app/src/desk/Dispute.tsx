import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { sendOrWait } from "../offline/queue";
import { paths } from "../server/api";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

interface Given {
  target: string;
}

/** An objection, or a support, of a party or of the one who is signed in; recorded beside, nothing is edited. */
export function Dispute({ target }: Given): ReactNode {
  const { say, language } = useWords();
  const { session, workspace, owner } = useHere();
  const client = useQueryClient();
  const [told, setTold] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    setFailed(null);
    try {
      const act = String(given.get("act"));
      const party = session.party ?? String(given.get("party") ?? "");
      const sent = await sendOrWait(owner, paths.corrections, {
        act,
        target,
        reason: String(given.get("reason")),
        ...(party ? { party } : {}),
      });
      setTold(say(sent.state === "arrived" ? "app-recorded-now" : "app-kept-until-online"));
      form.reset();
      await client.invalidateQueries();
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <details className="act">
      <summary>{say("app-dispute")}</summary>
      <form className="form" onSubmit={submit}>
        <fieldset className="choices">
          <legend className="sr">{say("app-dispute")}</legend>
          <label>
            <input type="radio" name="act" value="dispute" defaultChecked /> {say("app-act-dispute")}
          </label>
          <label>
            <input type="radio" name="act" value="support" /> {say("app-act-support")}
          </label>
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
        <label>
          {say("app-reason")}
          <textarea name="reason" required rows={3} dir="auto" />
        </label>
        {failed && (
          <p className="form-error" role="alert">
            {failed}
          </p>
        )}
        {told && <p role="status">{told}</p>}
        <button type="submit">{say("app-record")}</button>
      </form>
    </details>
  );
}
