import { type ReactNode, useEffect, useState } from "react";
import { to } from "../address/useAddress";
import { api, type SimilarReport } from "../server/api";
import { useKindName } from "../server/vocabulary";
import { useWords } from "../words/Words";
import { bodyOf, type Entry } from "./entry";

const AFTER_MS = 500;

/** Reports on record that may be of the same incident, while the entry is being typed. */
export function Similar({ entry }: { entry: Entry }): ReactNode {
  const { say, formats, timeZone } = useWords();
  const kindName = useKindName();
  const [found, setFound] = useState<readonly SimilarReport[]>([]);
  const ready = entry.kind !== "" && entry.day !== "";
  const asked = ready ? JSON.stringify(bodyOf(entry, timeZone)) : "";

  useEffect(() => {
    if (asked === "") {
      setFound([]);
      return;
    }
    let here = true;
    const timer = setTimeout(() => {
      api
        .similar(JSON.parse(asked))
        .then((answer) => here && setFound(answer.items))
        // Without a connection there is nothing to compare with; the entry can be made all the same.
        .catch(() => here && setFound([]));
    }, AFTER_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [asked]);

  if (found.length === 0) return null;
  return (
    <section className="note similar" aria-live="polite" aria-label={say("app-similar")}>
      <b>{say("app-similar")}</b>
      <ul>
        {found.map((one) => (
          <li key={one.id}>
            <a href={to("explain", one.id)} target="_blank" rel="noreferrer">
              {kindName(one.kind)}
            </a>{" "}
            <span className="quiet-text">
              {formats.shortDay(one.occurred_from)} · <bdi>{one.place ?? say("no-place")}</bdi>
              {` · ${formats.percent(one.score)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
