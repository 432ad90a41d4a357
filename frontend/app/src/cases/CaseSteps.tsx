import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { CREDIBILITIES, RELIABILITIES } from "../desk/ReportActions";
import { DayField } from "../marks/DayField";
import { Shown } from "../marks/States";
import { sendOrWait } from "../offline/queue";
import { api, paths } from "../server/api";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { FOLLOWS, OF_PARTIES } from "./steps";

const RESULTS = ["confirmed", "not_confirmed", "inconclusive"] as const;

export function CaseSteps({
  id,
  state,
  parties,
}: {
  id: string;
  state: string;
  parties: readonly string[];
}): ReactNode {
  const { say, formats } = useWords();
  const when = useWhen();
  const query = useQuery({ queryKey: ["cases", id, when], queryFn: () => api.oneCase(id, when) });
  return (
    <>
      <Shown query={query}>
        {({ steps }) => (
          <ol className="steps">
            {steps.map((one) => (
              <li key={one.step}>
                <b>{say(`app-act-${one.act}`)}</b>{" "}
                <span className="quiet-text">{formats.moment(one.at)}</span>
                {(one.allegation ?? one.note) && <p dir="auto">{one.allegation ?? one.note}</p>}
                {one.result && <p>{say(`case-result-${one.result}`)}</p>}
              </li>
            ))}
          </ol>
        )}
      </Shown>
      <NextStep id={id} state={state} parties={parties} />
    </>
  );
}

function NextStep({
  id,
  state,
  parties,
}: {
  id: string;
  state: string;
  parties: readonly string[];
}): ReactNode {
  const { say, language } = useWords();
  const { may, session, workspace, owner } = useHere();
  const client = useQueryClient();
  const allowed = (FOLLOWS[state] ?? []).filter((act) =>
    may("step_case")
      ? true
      : may("answer_case") && OF_PARTIES.includes(act) && parties.includes(session.party ?? ""),
  );
  const [act, setAct] = useState("");
  const [failed, setFailed] = useState<string | null>(null);
  if (allowed.length === 0) return null;
  const chosen = allowed.includes(act) ? act : (allowed[0] ?? "");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const form = event.currentTarget;
    setFailed(null);
    const body: Record<string, unknown> = { act: chosen, note: String(given.get("note")) };
    for (const name of ["result", "reliability", "party", "remedy_by"]) {
      const value = given.get(name);
      if (value) body[name] = String(value);
    }
    if (given.get("credibility")) body.credibility = Number(given.get("credibility"));
    if (chosen === "answer") body.accepts = given.get("accepts") === "yes";
    try {
      await sendOrWait(owner, paths.caseSteps(id), body);
      form.reset();
      await client.invalidateQueries({ queryKey: ["cases"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form className="form" onSubmit={submit}>
      <label>
        {say("app-step")}
        <select value={chosen} onChange={(event) => setAct(event.target.value)}>
          {allowed.map((one) => (
            <option key={one} value={one}>
              {say(`app-act-${one}`)}
            </option>
          ))}
        </select>
      </label>
      {OF_PARTIES.includes(chosen) && !session.party && (
        <label>
          {say("app-party")}
          <select name="party" required>
            {parties.map((one) => (
              <option key={one} value={one}>
                {nameIn(workspace.parties.find((party) => party.id === one)?.names, language) || one}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen === "answer" && (
        <fieldset className="choices">
          <legend className="sr">{say("app-act-answer")}</legend>
          <label>
            <input type="radio" name="accepts" value="yes" defaultChecked /> {say("app-accepts")}
          </label>
          <label>
            <input type="radio" name="accepts" value="no" /> {say("app-rejects")}
          </label>
          <DayField className="field-inline" label={say("app-remedy-by")} name="remedy_by" />
        </fieldset>
      )}
      {chosen === "finding" && (
        <div className="form-three">
          <label>
            {say("board-finding")}
            <select name="result" required>
              {RESULTS.map((one) => (
                <option key={one} value={one}>
                  {say(`case-result-${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say("app-reliability")}
            <select name="reliability" required>
              {RELIABILITIES.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say("app-credibility")}
            <select name="credibility" required>
              {CREDIBILITIES.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <label>
        {say("board-note")}
        <textarea name="note" required rows={2} dir="auto" />
      </label>
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      <button type="submit">{say("app-record")}</button>
    </form>
  );
}
