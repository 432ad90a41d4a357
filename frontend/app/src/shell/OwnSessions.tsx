import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Shown } from "../marks/States";
import { api } from "../server/api";
import { renew } from "../server/renew";
import { useWords } from "../words/Words";

/** Where one is signed in; a session elsewhere can be ended. */
export function OwnSessions(): ReactNode {
  const { say, formats } = useWords();
  const client = useQueryClient();
  const query = useQuery({ queryKey: ["sessions"], queryFn: api.sessions });
  const end = async (id: string): Promise<void> => {
    await api.endSession(id);
    await renew(client, { queryKey: ["sessions"] });
  };
  return (
    <section className="form own-sessions">
      <h3>{say("app-sessions")}</h3>
      <Shown query={query}>
        {({ items }) => (
          <ul className="reports">
            {items.map((one) => (
              <li key={one.id} className="report">
                <p>
                  {say("app-session-times", {
                    since: formats.moment(one.created_at),
                    seen: formats.moment(one.seen_at),
                  })}
                </p>
                {one.this ? (
                  <p>{say("app-session-this")}</p>
                ) : (
                  <button type="button" onClick={() => void end(one.id)}>
                    {say("app-session-end")}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}
