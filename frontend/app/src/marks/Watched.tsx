// How much was watched, beside a count: nothing reported means peace only where somebody looked.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";

interface Given {
  /** The dates that the count is of, as OGC API writes them. */
  datetime: string;
  known_at?: string;
  /** The zone that the count is of; none: all of them. */
  zone?: string;
  /** Whether the count holds synthetic reports. */
  synthetic?: boolean;
  /** What is said before it. */
  lead?: string;
}

export function Watched({
  datetime,
  known_at = "",
  zone = "",
  synthetic = true,
  lead = "",
}: Given): ReactNode {
  const { say, formats } = useWords();
  const { may } = useHere();
  const query = useQuery({
    queryKey: ["watched", datetime, known_at, synthetic],
    queryFn: () => api.watched({ datetime, known_at, synthetic: synthetic ? "" : "false" }),
    enabled: may("effort"),
    staleTime: 60_000,
  });
  if (!query.data) return null;
  const { nobody_share, zones } = query.data;
  const { hours, reports, days } = (zone && zones[zone]) || query.data;
  return (
    <span className={reports === 0 ? "watched watched-none" : "watched"}>
      {lead && `${lead} `}
      <a href={to("effort")}>
        {reports === 0
          ? say("app-watched-none")
          : say("app-watched", { hours: formats.number(hours), count: days, shown: formats.number(days) })}
      </a>{" "}
      {reports > 0 && zone === "" && say("app-watched-nobody", { share: formats.share(nobody_share) })}
    </span>
  );
}
