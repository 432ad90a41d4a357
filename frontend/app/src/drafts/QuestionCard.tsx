import { type FormEvent, type ReactNode, useState } from "react";
import type { DraftQuestion } from "../server/api";
import { useWords } from "../words/Words";
import { AnswerFields } from "./AnswerFields";
import { answerOf } from "./answers";
import { StateBadge } from "./ProvisionCard";
import type { DraftAccord, DraftProvision } from "./shape";
import { useDecisions } from "./useDecisions";

interface Given {
  question: DraftQuestion;
  provision?: DraftProvision;
  accord: DraftAccord;
}

/** What the text leaves open: answered, or left open with a reason. */
export function QuestionCard({ question, provision, accord }: Given): ReactNode {
  const { say, formats } = useWords();
  const { draft, decide, waiting, busy } = useDecisions();
  const [failed, setFailed] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const { target } = question;
  const held = draft.decided[target];
  const off = busy || waiting(target) !== null;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setFailed(null);
    try {
      const said = await answerOf(question, new FormData(event.currentTarget), accord, provision);
      await decide({ act: "answer", target, ...said, ...(reason.trim() ? { note: reason.trim() } : {}) });
    } catch (error) {
      setFailed(say(error instanceof Error ? error.message : "app-draft-no-answer"));
    }
  };
  return (
    <article className="card question" aria-label={target}>
      <p className="card-head">
        <b>{say("app-draft-question")}</b>
        <StateBadge target={target} />
      </p>
      <p dir="auto">{question.why}</p>
      {held ? (
        <>
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
            <button type="button" disabled={off} onClick={() => void decide({ act: "reopen", target })}>
              {say("app-decide-reopen")}
            </button>
          </div>
        </>
      ) : (
        <form className="form" onSubmit={submit}>
          <AnswerFields question={question} accord={accord} />
          <label>
            {say("app-reason")}
            <input dir="auto" value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          {failed && (
            <p className="form-error" role="alert">
              {failed}
            </p>
          )}
          <div className="buttons">
            <button type="submit" disabled={off}>
              {say("app-draft-answer")}
            </button>
            <button
              type="button"
              disabled={off || reason.trim() === ""}
              title={say("app-draft-needs-reason")}
              onClick={() => void decide({ act: "leave_open", target, note: reason.trim() })}
            >
              {say("app-draft-leave-open")}
            </button>
          </div>
        </form>
      )}
    </article>
  );
}
