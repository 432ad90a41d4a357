import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { DayField } from "../marks/DayField";
import { Outcome } from "../marks/Outcome";
import { useKept } from "../offline/useKept";
import { api } from "../server/api";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";

const EMPTY = { text: "", name: "", published: "" };

/** A text to be drafted: a document, or words that are pasted, which this browser keeps until they are sent. */
export function NewDraft(): ReactNode {
  const { say, formats } = useWords();
  const { owner } = useHere();
  const client = useQueryClient();
  const { values, put, clear, savedAt } = useKept("new-draft", owner, EMPTY);
  const [file, setFile] = useState<File | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    setFailed(null);
    setBusy(true);
    try {
      if (file) await api.draftDocument(file, values.published);
      else
        await api.draftText({
          text: values.text,
          name: values.name.trim() || "agreement",
          published: values.published || null,
        });
      setFile(null);
      form.reset();
      clear();
      await renew(client, { queryKey: ["drafts"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card">
      <h2>{say("app-draft-new")}</h2>
      <form className="form" onSubmit={submit}>
        <p className="quiet-text">{say("app-draft-new-hint")}</p>
        <div className="form-pair">
          <label>
            {say("app-draft-document")}
            <input
              type="file"
              accept=".txt,.html,.htm,.pdf,.docx"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          </label>
          <DayField
            label={say("app-draft-published")}
            name="published"
            value={values.published}
            change={(published) => put({ published })}
          />
        </div>
        {!file && (
          <>
            <label>
              {say("app-draft-paste")}
              <textarea
                rows={8}
                dir="auto"
                required
                value={values.text}
                onChange={(event) => put({ text: event.target.value })}
              />
            </label>
            <label>
              {say("app-draft-name")}
              <input
                dir="auto"
                value={values.name}
                maxLength={100}
                onChange={(event) => put({ name: event.target.value })}
              />
            </label>
          </>
        )}
        <Outcome failed={failed} />
        <div className="buttons">
          <button type="submit" className="primary" disabled={busy}>
            {say("app-draft-make")}
          </button>
          {savedAt && (
            <span className="quiet-text">{say("app-draft-kept", { time: formats.time(savedAt) })}</span>
          )}
        </div>
      </form>
    </section>
  );
}
