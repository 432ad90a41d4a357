import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { instant, oneOf } from "../address/address";
import { useKeys, useShared } from "../address/useAddress";
import { DayField } from "../marks/DayField";
import { Shown } from "../marks/States";
import { api } from "../server/api";
import { useHere } from "../server/session";
import type { Seen } from "../server/types";
import { useWhen } from "../server/when";
import { Icon } from "../shell/Icon";
import { useWords } from "../words/Words";
import { Compare } from "./Compare";
import { Lanes } from "./Lanes";
import { Strips } from "./Strips";
import { dayOf, daysBetween, nextDay } from "./scale";
import { TimeSlider } from "./TimeSlider";

const PACES = ["1", "7", "30"] as const;
const KEYS = {
  from: instant(),
  until: instant(),
  with: instant(),
  pace: oneOf(PACES, "7"),
} as const;
const PLAY_MS = 1_200;

/** Both times: what was true when (as of), and what we knew when (known at). */
export default function TimelineView(): ReactNode {
  const { workspace } = useHere();
  const when = useWhen();
  // The whole record is drawn, whatever date is asked about; what lies after it is grey.
  const query = useQuery({
    queryKey: ["observations", "all", when.language],
    queryFn: () => api.observations({ language: when.language, limit: 5000 }),
  });
  return (
    <Shown query={query}>
      {(seen) => <Filled key={workspace.id} seen={seen.items} total={seen.total} />}
    </Shown>
  );
}

function Filled({ seen, total }: { seen: readonly Seen[]; total: number }): ReactNode {
  const { say, formats } = useWords();
  const { workspace } = useHere();
  const [shared, putShared] = useShared();
  const [keys, put] = useKeys(KEYS);
  const [playing, setPlaying] = useState(false);
  const watched = useQuery({
    queryKey: ["effort by day", shared.known_at],
    queryFn: () => api.effort({ by_zone: "false", known_at: shared.known_at }),
  });

  const range = useMemo(() => {
    const starts = seen.map((one) => one.occurred_from.slice(0, 10)).sort();
    const first = keys.from || workspace.signed || starts[0] || dayOf(Date.now());
    const last = keys.until || starts.at(-1) || dayOf(Date.now());
    return { first: first.slice(0, 10), last: nextDay(last.slice(0, 10), 7) };
  }, [seen, keys.from, keys.until, workspace.signed]);
  const records = useMemo(
    () =>
      seen
        .map((one) => one.recorded_at ?? "")
        .filter(Boolean)
        .sort(),
    [seen],
  );
  // From the day before the first record, when nothing was known yet.
  const recorded = {
    first: nextDay((records[0] ?? dayOf(Date.now())).slice(0, 10), -1),
    last: dayOf(Date.now()),
  };
  const day = shared.as_of ? shared.as_of.slice(0, 10) : range.last;

  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const following = nextDay(day, Number(keys.pace));
      if (daysBetween(day, range.last) <= 0) setPlaying(false);
      // However large the steps are, the last of them ends with the record.
      else putShared({ as_of: daysBetween(following, range.last) > 0 ? following : range.last });
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, day, keys.pace, range.last, putShared]);

  return (
    <div className="timeline">
      <h1>{say("section-timeline")}</h1>
      <section className="card" aria-label={say("app-both-times")}>
        <TimeSlider
          label={say("app-as-of-long")}
          hint={say("app-as-of-hint")}
          first={range.first}
          last={range.last}
          value={day}
          put={(as_of) => putShared({ as_of })}
        />
        <TimeSlider
          label={say("app-known-at-long")}
          hint={say("app-known-at-hint")}
          first={recorded.first}
          last={recorded.last}
          value={shared.known_at ? shared.known_at.slice(0, 10) : recorded.last}
          put={(known_at) => putShared({ known_at: known_at === recorded.last ? "" : known_at })}
        />
        <div className="buttons">
          <button
            type="button"
            className="primary"
            aria-pressed={playing}
            onClick={() => {
              if (!playing && daysBetween(day, range.last) <= 0) putShared({ as_of: range.first });
              setPlaying(!playing);
            }}
          >
            <Icon name={playing ? "pause" : "play"} />
            {say(playing ? "app-pause" : "app-play")}
          </button>
          <label className="inline">
            {say("app-pace")}
            <select
              value={keys.pace}
              onChange={(event) => put({ pace: PACES.find((one) => one === event.target.value) ?? "7" })}
            >
              {PACES.map((one) => (
                <option key={one} value={one}>
                  {say("app-span-days", { count: Number(one) })}
                </option>
              ))}
            </select>
          </label>
          <DayField
            className="field-inline"
            label={say("app-compare-with")}
            name="with"
            value={keys.with}
            change={(day) => put({ with: day })}
          />
        </div>
      </section>
      {keys.with !== "" && <Compare one={keys.with} other={day} />}
      <Strips day={day} first={range.first} last={range.last} choose={(as_of) => putShared({ as_of })} />
      <Lanes
        seen={seen}
        first={range.first}
        last={range.last}
        day={day}
        choose={(as_of) => putShared({ as_of })}
        watched={watched.data?.items ?? null}
      />
      {total > seen.length && (
        <p className="quiet-text">
          {say("evidence-showing", { shown: formats.number(seen.length), all: formats.number(total) })}
        </p>
      )}
    </div>
  );
}
