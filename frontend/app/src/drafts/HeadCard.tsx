import { type FormEvent, type ReactNode, useState } from "react";
import { DayField } from "../marks/DayField";
import type { DraftQuestion } from "../server/api";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { QuestionCard } from "./QuestionCard";
import { type DraftAccord, ROLES } from "./shape";
import { useDecisions } from "./useDecisions";

/** What the accord is called, when it was signed, and who its parties are. */
export function HeadCard({
  accord,
  questions,
}: {
  accord: DraftAccord;
  questions: readonly DraftQuestion[];
}): ReactNode {
  const { say, language } = useWords();
  const { decide, busy } = useDecisions();
  const head = accord.accord;
  const title = nameIn(head.title, language);
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const changes: Record<string, unknown> = {};
    if (String(given.get("title")) !== title)
      changes.title = {
        ...(typeof head.title === "object" && head.title ? head.title : { en: head.title }),
        [language]: String(given.get("title")),
      };
    for (const name of ["id", "time_zone", "signed"] as const) {
      const value = String(given.get(name)).trim();
      if (value !== String(head[name] ?? "")) changes[name] = value || null;
    }
    if (Object.keys(changes).length > 0) await decide({ act: "head", target: "head", changes });
  };
  return (
    <section className="card">
      <details>
        <summary>{say("app-draft-head")}</summary>
        <form className="form" onSubmit={save} key={JSON.stringify(head)}>
          <label>
            {say("app-draft-title")}
            <input name="title" dir="auto" defaultValue={title} required />
          </label>
          <div className="form-three">
            <DayField label={say("fact-signed")} name="signed" initially={head.signed ?? ""} />
            <label>
              {say("app-draft-time-zone")}
              <input name="time_zone" dir="ltr" defaultValue={head.time_zone} required />
            </label>
            <label>
              {say("board-id")}
              <input name="id" dir="ltr" defaultValue={head.id} required pattern="[a-z0-9][a-z0-9._\-]*" />
            </label>
          </div>
          <div className="buttons">
            <button type="submit" disabled={busy}>
              {say("app-decide-save")}
            </button>
          </div>
        </form>
        <h3>{say("app-draft-parties")}</h3>
        <Parties accord={accord} />
      </details>
      {questions.map((one) => (
        <QuestionCard key={one.target} question={one} accord={accord} />
      ))}
    </section>
  );
}

function Parties({ accord }: { accord: DraftAccord }): ReactNode {
  const { say, language } = useWords();
  const { decide, busy } = useDecisions();
  const [fresh, setFresh] = useState("");
  const save = async (event: FormEvent<HTMLFormElement>, id: string): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const before = accord.parties.find((one) => one.id === id)?.names;
    const names = { ...(typeof before === "object" && before ? before : before ? { en: before } : {}) };
    const name = String(given.get("name")).trim();
    const said = { names: { ...names, [language]: name }, role: String(given.get("role")) };
    if (await decide({ act: "part", target: `parties/${id}`, changes: said })) {
      form.reset();
      setFresh("");
    }
  };
  const row = (id: string, name: string, role: string): ReactNode => (
    <form key={id || "new"} className="form form-line" onSubmit={(event) => void save(event, id)}>
      <label>
        {say("app-draft-party-name")}
        <input name="name" dir="auto" defaultValue={name} required />
      </label>
      <label>
        {say("app-draft-party-role")}
        <select name="role" defaultValue={role}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {say(`app-party-role-${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={busy || id === ""}>
        {say("app-decide-save")}
      </button>
    </form>
  );
  return (
    <>
      {accord.parties.map((one) => row(one.id, nameIn(one.names, language), one.role))}
      <label className="form">
        {say("app-draft-party-new")}
        <input
          dir="ltr"
          value={fresh}
          pattern="[a-z0-9][a-z0-9._\-]*"
          onChange={(event) => setFresh(event.target.value)}
        />
      </label>
      {fresh !== "" && row(fresh, "", "side")}
    </>
  );
}
