import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { StatusBadge } from "../marks/Sign";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import type { Looked } from "./useLook";

interface Given {
  look: Looked;
  only: boolean;
  setOnly(only: boolean): void;
  /** What is changed has been seen: from now on it is what later changes are told from. */
  seen(): void;
}

export function Changes({ look, only, setOnly, seen }: Given): ReactNode {
  const { say, formats, language } = useWords();
  if (!look.present || !look.at) return null;
  const at = formats.moment(look.at);
  if (look.changes.length === 0)
    return <p className="quiet-text changes-none">{say("app-no-change-since", { when: at })}</p>;
  return (
    <section className="changes" aria-label={say("app-changed-since", { when: at })}>
      <p className="changes-head">
        <b>{say("app-changed-since", { when: at })}</b>
        <button type="button" aria-pressed={only} onClick={() => setOnly(!only)}>
          {say("app-only-changed")}
        </button>
        <button type="button" onClick={seen}>
          {say("app-mark-seen")}
        </button>
      </p>
      <ul>
        {look.changes.map(({ obligation, before }) => (
          <li key={obligation.id}>
            <a href={to("explain", obligation.id)}>{nameIn(obligation.title, language) || obligation.id}</a>
            <span className="change-pair">
              {before ? <StatusBadge status={before} /> : say("app-new-obligation")}
              <span className="arrow" role="img" aria-label={say("app-becomes")}>
                →
              </span>
              <StatusBadge status={obligation.status} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
