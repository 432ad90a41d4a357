import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { StatusBadge } from "../marks/Sign";
import type { Alert } from "../server/events";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Icon } from "./Icon";

export function Alerts({
  alerts,
  dismiss,
}: {
  alerts: readonly Alert[];
  dismiss(id: string): void;
}): ReactNode {
  const { say, language, formats } = useWords();
  const { workspace } = useHere();
  return (
    <section className="alerts" aria-live="polite" aria-label={say("app-alerts")}>
      {alerts.map((one) => (
        <div key={one.id} className="alert">
          <p>
            <a href={to("explain", one.obligation)}>
              {nameIn(workspace.provisions.find((given) => given.id === one.obligation)?.title, language) ||
                one.obligation}
            </a>
            <span className="change-pair">
              <StatusBadge status={one.before} />
              <span className="arrow" aria-label={say("app-becomes")} role="img">
                →
              </span>
              <StatusBadge status={one.after} />
            </span>
          </p>
          <p className="quiet-text">{formats.moment(one.at)}</p>
          <button
            type="button"
            className="quiet"
            aria-label={say("app-dismiss")}
            onClick={() => dismiss(one.id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </section>
  );
}
