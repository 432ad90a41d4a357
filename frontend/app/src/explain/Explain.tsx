import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { Shown } from "../marks/States";
import { api } from "../server/api";
import type { Explained, ExplainedObligation, ExplainedObservation } from "../server/types";
import { useWhen } from "../server/when";
import { Icon } from "../shell/Icon";
import { useWords } from "../words/Words";
import { Document } from "./Document";
import { ObligationReasons } from "./ObligationReasons";
import { ObservationReasons } from "./ObservationReasons";
import { SectionLevel } from "./SectionTitle";

interface Given {
  id: string;
  page?: boolean;
  close?(): void;
}

/** From any figure to its reasons: whatever has an identifier is explained here. */
export function Explain({ id, page = false, close }: Given): ReactNode {
  const { say } = useWords();
  const when = useWhen();
  const query = useQuery({ queryKey: ["explain", id, when], queryFn: () => api.explain(id, when) });
  return (
    <article className={page ? "explain explain-page" : "explain"}>
      <div className="explain-bar">
        {page ? (
          <a href={to("board")} className="back">
            <Icon name="back" flip />
            {say("section-board")}
          </a>
        ) : (
          <a href={to("explain", id)}>{say("app-own-page")}</a>
        )}
        {close && (
          <button type="button" className="quiet" onClick={close} aria-label={say("app-close")}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <SectionLevel.Provider value={page ? 2 : 3}>
        <Shown query={query}>{(explained) => <Body explained={explained} page={page} />}</Shown>
      </SectionLevel.Provider>
    </article>
  );
}

const isObligation = (one: Explained): one is ExplainedObligation => one.type === "obligation";
const isObservation = (one: Explained): one is ExplainedObservation => one.type === "observation";

function Body({ explained, page }: { explained: Explained; page: boolean }): ReactNode {
  if (isObligation(explained)) return <ObligationReasons explained={explained} page={page} />;
  if (isObservation(explained)) return <ObservationReasons explained={explained} page={page} />;
  return <Document explained={explained} page={page} />;
}
