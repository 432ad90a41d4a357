import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Shown } from "../marks/States";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";

/** Who signed in or tried to, for administrators. */
export function SignIns(): ReactNode {
  const { say, formats } = useWords();
  const { may } = useHere();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const query = useQuery({
    queryKey: ["sign-ins", failed],
    queryFn: () => api.signIns({ failed: failed ? "true" : undefined }),
    enabled: open && may("readings_log"),
    staleTime: 0,
  });
  if (!may("readings_log")) return null;
  return (
    <details className="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("app-sign-ins")}</summary>
      <label className="check">
        <input type="checkbox" checked={failed} onChange={(event) => setFailed(event.target.checked)} />
        {say("app-sign-ins-failed")}
      </label>
      {open && (
        <Shown query={query}>
          {({ items }) => (
            <ul className="reports">
              {items.map((one) => (
                <li key={one.seq} className="report">
                  {formats.moment(one.at)} · <bdi>{one.name ?? "–"}</bdi> ·{" "}
                  {say(`app-sign-in-outcome-${one.outcome}`)} · {say(`app-sign-in-way-${one.way}`)} ·{" "}
                  <code dir="ltr">{one.address}</code>
                </li>
              ))}
            </ul>
          )}
        </Shown>
      )}
    </details>
  );
}
