import { type ReactNode, useState } from "react";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { CorrectForm } from "./CorrectForm";
import { type DraftAccord, type DraftProvision, momentText, stateOf } from "./shape";
import { useDecisions } from "./useDecisions";

const MARK: Readonly<Record<string, string>> = {
  open: "st-not_due",
  confirmed: "st-met",
  corrected: "st-met",
  added: "st-met",
  rejected: "st-unverified",
};

export function ProvisionCard({
  provision,
  accord,
}: {
  provision: DraftProvision;
  accord: DraftAccord;
}): ReactNode {
  const { say, formats, language } = useWords();
  const { draft } = useDecisions();
  const name = (id: string): string =>
    nameIn(accord.parties.find((one) => one.id === id)?.names, language) || id;
  const due = momentText(provision.due);
  return (
    <article className="card" aria-label={provision.id}>
      <p className="card-head">
        <b>{say(`kind-${provision.kind}`)}</b>
        <StateBadge target={provision.id} />
      </p>
      <p>
        <span className="quiet-text">{say("board-binds")}: </span>
        {(provision.parties ?? []).length > 0
          ? formats.list((provision.parties ?? []).map(name))
          : say("board-binds-nobody")}
      </p>
      {due && (
        <p>
          <span className="quiet-text">{say("app-deadline")}: </span>
          <bdi>{due}</bdi>
        </p>
      )}
      {(provision.quotes ?? []).map((quote) => (
        <blockquote key={quote.start} dir="auto">
          {quote.exact}
        </blockquote>
      ))}
      <Rest provision={provision} />
      {provision.confidence !== undefined && !draft.decided[provision.id] && (
        <p className="quiet-text">
          {say("app-draft-confidence", { p: formats.percent(provision.confidence) })}
        </p>
      )}
      <Buttons target={provision.id} correct={<CorrectForm provision={provision} accord={accord} />} />
    </article>
  );
}

const SHOWN = ["id", "kind", "title", "parties", "quotes", "confidence", "due"];

/** What else the provision says, field by field as in the accord file. */
function Rest({ provision }: { provision: DraftProvision }): ReactNode {
  const more = Object.entries(provision).filter(([field]) => !SHOWN.includes(field));
  if (more.length === 0) return null;
  return (
    <p className="quiet-text" dir="ltr">
      {more
        .map(([field, value]) => `${field}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join(" · ")}
    </p>
  );
}

export function StateBadge({ target }: { target: string }): ReactNode {
  const { say, formats } = useWords();
  const { draft, waiting } = useDecisions();
  const held = draft.decided[target];
  const waits = waiting(target);
  if (waits) return <span className="badge st-in_progress">{say("app-decision-waits")}</span>;
  const state = stateOf(held);
  return (
    <span
      className={`badge ${MARK[state] ?? "st-met"}`}
      title={held ? `${held.author}, ${formats.moment(held.at)}` : undefined}
    >
      {say(`app-decision-${state}`)}
    </span>
  );
}

/** Confirm, correct, reject; once decided, who did, and a way back. */
export function Buttons({ target, correct }: { target: string; correct?: ReactNode }): ReactNode {
  const { say, formats } = useWords();
  const { draft, decide, waiting, busy } = useDecisions();
  const [open, setOpen] = useState<"correct" | "reject" | null>(null);
  const [reason, setReason] = useState("");
  const held = draft.decided[target];
  const off = busy || waiting(target) !== null;
  const send = async (act: string, note?: string): Promise<void> => {
    if (await decide({ act, target, ...(note ? { note } : {}) })) {
      setOpen(null);
      setReason("");
    }
  };
  if (held && open === null)
    return (
      <div className="decided">
        <p className="quiet-text">
          <bdi>{held.author}</bdi> · {formats.moment(held.at)}
          {held.note && (
            <>
              {" · "}
              <span dir="auto">{held.note}</span>
            </>
          )}
        </p>
        <div className="buttons">
          {correct && held.act !== "reject" && (
            <button type="button" disabled={off} onClick={() => setOpen("correct")}>
              {say("app-decide-correct")}
            </button>
          )}
          {held.act !== "add" && (
            <button type="button" disabled={off} onClick={() => void send("reopen")}>
              {say("app-decide-reopen")}
            </button>
          )}
          {held.act === "add" && (
            <button type="button" disabled={off} onClick={() => setOpen("reject")}>
              {say("app-decide-reject")}
            </button>
          )}
        </div>
      </div>
    );
  return (
    <>
      <div className="buttons">
        {!held && (
          <button type="button" className="primary" disabled={off} onClick={() => void send("confirm")}>
            {say("app-decide-confirm")}
          </button>
        )}
        {correct && (
          <button
            type="button"
            disabled={off}
            aria-expanded={open === "correct"}
            onClick={() => setOpen(open === "correct" ? null : "correct")}
          >
            {say("app-decide-correct")}
          </button>
        )}
        <button
          type="button"
          disabled={off}
          aria-expanded={open === "reject"}
          onClick={() => setOpen(open === "reject" ? null : "reject")}
        >
          {say("app-decide-reject")}
        </button>
      </div>
      {open === "correct" && correct}
      {open === "reject" && (
        <div className="form">
          <label>
            {say("app-reason")}
            <textarea
              rows={2}
              dir="auto"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <button
            type="button"
            disabled={off || reason.trim() === ""}
            onClick={() => void send("reject", reason.trim())}
          >
            {say("app-decide-reject")}
          </button>
        </div>
      )}
    </>
  );
}

export function StatementCard({
  statement,
  accord,
}: {
  statement: DraftAccord["statements"][number];
  accord: DraftAccord;
}): ReactNode {
  const { say, language } = useWords();
  const speaker =
    nameIn(accord.parties.find((one) => one.id === statement.speaker)?.names, language) || statement.speaker;
  return (
    <article className="card card-plain" aria-label={statement.id}>
      <p className="card-head">
        <span>
          {say("app-draft-statement")} · <bdi>{speaker}</bdi>
        </span>
        <StateBadge target={statement.id} />
      </p>
      <blockquote dir="auto">{statement.quote.exact}</blockquote>
      <Buttons target={statement.id} />
    </article>
  );
}
