import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { CREDIBILITIES, RELIABILITIES } from "../desk/ReportActions";
import { DayField } from "../marks/DayField";
import { Outcome } from "../marks/Outcome";
import { Shown } from "../marks/States";
import { useEntry } from "../offline/useEntry";
import { api, type CaseRow, paths } from "../server/api";
import { usePartyName } from "../server/names";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { useHeldKey } from "../signing/held-key";
import { isSigned, SignWithKey, signedWith } from "../signing/SignWithKey";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

const OF_PARTIES: readonly string[] = ["answer", "appeal"];
const RESULTS = ["confirmed", "not_confirmed", "inconclusive"] as const;

export function CaseSteps({ row }: { row: CaseRow }): ReactNode {
  const { say, formats } = useWords();
  const partyName = usePartyName();
  const when = useWhen();
  const query = useQuery({ queryKey: ["cases", row.case, when], queryFn: () => api.oneCase(row.case, when) });
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
                {one.party && (
                  <p className="quiet-text">
                    {partyName(one.party)}
                    {OF_PARTIES.includes(one.act) &&
                      ` · ${say(one.signed ? "app-signed-with-key" : "app-as-reported")}`}
                  </p>
                )}
                {one.result && <p>{say(`case-result-${one.result}`)}</p>}
                {typeof one.accepts === "boolean" && (
                  <p>
                    {say(one.accepts ? "app-accepts" : "app-rejects")}
                    {one.remedy_by && ` · ${say("app-remedy-by")} ${formats.lastDay(one.remedy_by)}`}
                  </p>
                )}
              </li>
            ))}
          </ol>
        )}
      </Shown>
      <NextStep row={row} />
    </>
  );
}

function NextStep({ row }: { row: CaseRow }): ReactNode {
  const { say, language } = useWords();
  const { session, workspace, may } = useHere();
  const key = useHeldKey();
  const [unready, setUnready] = useState<string | null>(null);
  const { enter, told, failed, busy } = useEntry();
  const [act, setAct] = useState("");
  const chosen = row.acts.find((one) => one.act === act) ?? row.acts[0];
  if (!chosen) return told ? <p role="status">{told}</p> : null;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const body: Record<string, unknown> = { act: chosen.act, note: String(given.get("note")) };
    for (const name of ["result", "reliability", "party", "remedy_by"]) {
      const value = given.get(name);
      if (value) body[name] = String(value);
    }
    if (given.get("credibility")) body.credibility = Number(given.get("credibility"));
    if (chosen.act === "answer") body.accepts = given.get("accepts") === "yes";
    if (chosen.act === "link") {
      body.observations = String(given.get("observations"))
        .split(/[\s,]+/)
        .filter(Boolean);
      body.parties = given.getAll("parties").map(String);
    }
    setUnready(null);
    if (isSigned(given)) {
      try {
        if (!key) throw new Error(say("app-key-missing"));
        const { content } = await api.prepareCaseStep(row.case, body);
        body.signed = await signedWith(key, content);
      } catch (error) {
        setUnready(error instanceof Error ? error.message : String(error));
        return;
      }
    }
    if (await enter(paths.caseSteps(row.case), body)) {
      form.reset();
      setAct("");
    }
  };
  return (
    <form className="form" onSubmit={submit}>
      <label>
        {say("app-step")}
        <select value={chosen.act} onChange={(event) => setAct(event.target.value)}>
          {row.acts.map((one) => (
            <option key={one.act} value={one.act}>
              {say(`app-act-${one.act}`)}
            </option>
          ))}
        </select>
      </label>
      {chosen.of_party && !session.party && (
        <label>
          {say("app-party")}
          <select name="party" required>
            {row.parties.map((one) => (
              <option key={one} value={one}>
                {nameIn(workspace.parties.find((party) => party.id === one)?.names, language) || one}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen.act === "answer" && (
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
      {chosen.act === "finding" && (
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
      {chosen.act === "link" && (
        <>
          <label>
            {say("app-case-observations")}
            <input name="observations" dir="ltr" />
          </label>
          <fieldset className="choices">
            <legend>{say("app-concerned")}</legend>
            {workspace.parties
              .filter((one) => !row.parties.includes(one.id))
              .map((one) => (
                <label key={one.id} className="check">
                  <input type="checkbox" name="parties" value={one.id} />
                  {nameIn(one.names, language)}
                </label>
              ))}
          </fieldset>
        </>
      )}
      <label>
        {say("board-note")}
        <textarea name="note" required rows={2} dir="auto" />
      </label>
      {chosen.of_party && session.party && may("sign") && <SignWithKey />}
      <Outcome failed={unready ?? failed} told={told} />
      <button type="submit" disabled={busy}>
        {say("app-record")}
      </button>
    </form>
  );
}
