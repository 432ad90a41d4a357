import { type FormEvent, type ReactNode, useState } from "react";
import { DayField } from "../marks/DayField";
import { useKept } from "../offline/useKept";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { type DraftAccord, type DraftProvision, KINDS, momentText } from "./shape";
import { useDecisions } from "./useDecisions";

const OWN = ["id", "kind", "title", "parties", "quotes", "confidence", "due", "subject", "zone"];

interface Given {
  provision: DraftProvision;
  accord: DraftAccord;
  /** Where it is a provision that the draft has not: the place from which its words are looked for. */
  near?: number;
}

/** The fields of a provision; what is typed stays in this browser until it is sent. */
export function CorrectForm({ provision, accord, near }: Given): ReactNode {
  const { say, language, formats } = useWords();
  const { owner } = useHere();
  const { draft, decide, busy } = useDecisions();
  const [failed, setFailed] = useState<string | null>(null);
  const rest = Object.fromEntries(Object.entries(provision).filter(([field]) => !OWN.includes(field)));
  const quote = provision.quotes?.[0];
  const due = typeof provision.due === "string" ? provision.due : "";
  const { values, put, clear, savedAt } = useKept(`draft-${draft.id}-${provision.id}`, owner, {
    kind: provision.kind,
    parties: provision.parties ?? [],
    due,
    subject: provision.subject ?? "",
    zone: provision.zone ?? "",
    exact: quote?.exact ?? "",
    rest: Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 1) : "",
    note: "",
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFailed(null);
    let more: Record<string, unknown> = {};
    try {
      more = values.rest.trim() ? (JSON.parse(values.rest) as Record<string, unknown>) : {};
    } catch {
      setFailed(say("app-draft-not-json"));
      return;
    }
    const changes: Record<string, unknown> = {
      ...Object.fromEntries(Object.keys(rest).map((field) => [field, null])),
      ...more,
    };
    if (near !== undefined || values.kind !== provision.kind) changes.kind = values.kind;
    if (near !== undefined || values.parties.join() !== (provision.parties ?? []).join())
      changes.parties = values.parties;
    if (values.due !== due) changes.due = values.due || null;
    for (const field of ["subject", "zone"] as const)
      if (values[field] !== (provision[field] ?? "")) changes[field] = values[field] || null;
    if (near !== undefined || values.exact !== (quote?.exact ?? ""))
      changes.quotes = [
        {
          source: quote?.source ?? "",
          exact: values.exact,
          near: near ?? 0,
          ...(quote?.speaker ? { speaker: quote.speaker } : {}),
        },
        ...(provision.quotes ?? []).slice(1),
      ];
    const said = {
      act: near === undefined ? "correct" : "add",
      target: provision.id,
      changes,
      ...(values.note.trim() ? { note: values.note.trim() } : {}),
    };
    if (await decide(said)) clear();
  };
  return (
    <form className="form" onSubmit={submit}>
      <label>
        {say("app-kind")}
        <select value={values.kind} onChange={(event) => put({ kind: event.target.value })}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {say(`kind-${one}`)}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="choices">
        <legend>{say("board-binds")}</legend>
        {accord.parties.map((one) => (
          <label key={one.id} className="check">
            <input
              type="checkbox"
              checked={values.parties.includes(one.id)}
              onChange={(event) =>
                put({
                  parties: event.target.checked
                    ? [...values.parties, one.id]
                    : values.parties.filter((id) => id !== one.id),
                })
              }
            />
            <bdi>{nameIn(one.names, language) || one.id}</bdi>
          </label>
        ))}
      </fieldset>
      <div className="form-pair">
        <div>
          <DayField
            label={say("app-deadline")}
            name="due"
            value={values.due}
            change={(day) => put({ due: day })}
          />
          {provision.due !== undefined && !due && (
            <span className="quiet-text">{momentText(provision.due)}</span>
          )}
        </div>
        {accord.zones.length > 0 && (
          <label>
            {say("kind-zone")}
            <select value={values.zone} onChange={(event) => put({ zone: event.target.value })}>
              <option value="">–</option>
              {accord.zones.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameIn(one.names, language) || one.id}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <label>
        {say("app-draft-subject")}
        <input dir="auto" value={values.subject} onChange={(event) => put({ subject: event.target.value })} />
      </label>
      <label>
        {say("app-draft-quote")}
        <textarea
          rows={3}
          dir="auto"
          required
          value={values.exact}
          onChange={(event) => put({ exact: event.target.value })}
        />
      </label>
      <details>
        <summary>{say("app-draft-rest")}</summary>
        <textarea
          rows={5}
          dir="ltr"
          aria-label={say("app-draft-rest")}
          value={values.rest}
          onChange={(event) => put({ rest: event.target.value })}
        />
      </details>
      <label>
        {say("app-reason")}
        <input dir="auto" value={values.note} onChange={(event) => put({ note: event.target.value })} />
      </label>
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      <div className="buttons">
        <button type="submit" disabled={busy}>
          {say("app-decide-save")}
        </button>
        {savedAt && (
          <span className="quiet-text">{say("app-draft-kept", { time: formats.time(savedAt) })}</span>
        )}
      </div>
    </form>
  );
}
