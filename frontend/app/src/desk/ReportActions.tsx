import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { SectionTitle } from "../explain/SectionTitle";
import { useHere } from "../server/session";
import type { Recorded } from "../server/types";
import { useWords } from "../words/Words";
import { Act } from "./Act";
import { Dispute } from "./Dispute";

export const RELIABILITIES = ["A", "B", "C", "D", "E", "F"] as const;
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const;

/** What may be done with a report: corroborate, correct, retract, object. Each is an entry beside it. */
export function ReportActions({ seen }: { seen: Recorded }): ReactNode {
  const { say } = useWords();
  const { may } = useHere();
  if (!may("correct") && !may("dispute") && !may("record")) return null;
  return (
    <section className="acts">
      <SectionTitle>{say("app-acts")}</SectionTitle>
      {may("record") && (
        <p>
          <a className="button" href={to("desk", "", { like: seen.id })}>
            {say("app-corroborate")}
          </a>
        </p>
      )}
      {may("correct") && <Correct seen={seen} />}
      {may("correct") && <Retract seen={seen} />}
      {may("dispute") && <Dispute target={seen.id} />}
    </section>
  );
}

function Retract({ seen }: { seen: Recorded }): ReactNode {
  const { say } = useWords();
  const act = seen.retracted ? "reinstate" : "retract";
  return (
    <Act
      title={say(`app-act-${act}`)}
      bodyOf={(given) => ({ act, target: seen.id, reason: String(given.get("reason")) })}
    />
  );
}

function Correct({ seen }: { seen: Recorded }): ReactNode {
  const { say } = useWords();
  return (
    <Act
      title={say("app-act-supersede")}
      bodyOf={(given) => {
        const changed: Record<string, string> = {};
        for (const name of ["reliability", "credibility", "place", "error_m", "count", "report"] as const) {
          const value = String(given.get(name) ?? "");
          if (value !== "" && value !== String(seen[name] ?? "")) changed[name] = value;
        }
        return {
          act: "supersede",
          target: seen.id,
          reason: String(given.get("reason")),
          changes: changed,
        };
      }}
    >
      <p className="quiet-text">{say("app-correct-hint")}</p>
      <div className="form-pair">
        <label>
          {say("app-reliability")}
          <select name="reliability" defaultValue={seen.reliability ?? ""}>
            <option value="">–</option>
            {RELIABILITIES.map((one) => (
              <option key={one} value={one}>
                {one} – {say(`app-reliability-${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say("app-credibility")}
          <select name="credibility" defaultValue={seen.credibility ?? ""}>
            <option value="">–</option>
            {CREDIBILITIES.map((one) => (
              <option key={one} value={one}>
                {one} – {say(`app-credibility-${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label>
        {say("app-place")}
        <input name="place" defaultValue={seen.place ?? ""} dir="auto" />
      </label>
      <div className="form-pair">
        <label>
          {say("app-error-m")}
          <input name="error_m" type="number" min={1} max={500000} defaultValue={seen.error_m ?? ""} />
        </label>
        <label>
          {say("app-count")}
          <input name="count" type="number" min={0} defaultValue={seen.count ?? ""} />
        </label>
      </div>
      <label>
        {say("app-report-words")}
        <textarea name="report" rows={3} defaultValue={seen.report ?? ""} dir="auto" />
      </label>
    </Act>
  );
}
