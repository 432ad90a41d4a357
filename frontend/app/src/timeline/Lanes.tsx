import { type ReactNode, useMemo } from "react";
import { layerOf } from "../../../shared/layers";
import { Sign } from "../marks/Sign";
import type { Seen } from "../server/types";
import { useWords } from "../words/Words";
import { dayOf, histogram, type Scale, scaleOf, ticks } from "./scale";

const BINS = 96;
/** As near to an end of the axis, a day is written at the end. */
const EDGE = 0.06;

interface Given {
  seen: readonly Seen[];
  first: string;
  last: string;
  day: string;
  choose(day: string): void;
  /** Hours of observation by day; null where that is not known yet. */
  watched: readonly { day: string; hours: number }[] | null;
}

/** How many reports there are of each family over time; what is after the chosen date is grey. */
export function Lanes({ seen, first, last, day, choose, watched }: Given): ReactNode {
  const { say, formats, direction } = useWords();
  const scale = useMemo(() => scaleOf(Date.parse(first), Date.parse(last)), [first, last]);
  const lanes = useMemo(() => {
    const families = [...new Set(seen.map((one) => one.family ?? "other"))].sort();
    return families.map((family) => {
      const of = seen.filter((one) => (one.family ?? "other") === family);
      return {
        family,
        total: of.length,
        counts: histogram(
          of.map((one) => Date.parse(one.occurred_from)),
          scale,
          BINS,
        ),
      };
    });
  }, [seen, scale]);
  const chosen = scale.at(Date.parse(day) + 86_400_000);
  const x = (share: number): number => (direction === "rtl" ? 1 - share : share) * 960;
  return (
    <section className="card lanes" aria-label={say("timeline-label")}>
      <h2>{say("timeline-label")}</h2>
      {lanes.map(({ family, total, counts }) => {
        const most = Math.max(1, ...counts);
        return (
          <div key={family} className="lane">
            <p className="lane-name">
              <span className={`swatch swatch-${layerOf(family)}`} aria-hidden="true">
                <Sign name={layerOf(family)} />
              </span>
              {say(`lane-${family}`)} <span className="quiet-text">{formats.number(total)}</span>
            </p>
            <svg
              viewBox="0 0 960 40"
              preserveAspectRatio="none"
              className={`lane-chart lane-${layerOf(family)}`}
              role="img"
              aria-label={`${say(`lane-${family}`)}: ${formats.number(total)}`}
            >
              {counts.map((count, bin) =>
                count === 0 ? null : (
                  <rect
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
                    key={bin}
                    x={Math.min(x(bin / BINS), x((bin + 1) / BINS))}
                    width={960 / BINS - 1}
                    y={40 - Math.max(4, (count / most) * 38)}
                    height={Math.max(4, (count / most) * 38)}
                    className={bin / BINS >= chosen ? "later" : ""}
                  />
                ),
              )}
              <line x1={x(chosen)} x2={x(chosen)} y1="0" y2="40" className="now-line" />
            </svg>
          </div>
        );
      })}
      {watched && <WatchedLane watched={watched} scale={scale} x={x} />}
      <div className="axis">
        {ticks(scale, 6).map((at) => (
          <button
            key={at}
            type="button"
            className={`link ${scale.at(at) < EDGE ? "axis-first" : scale.at(at) > 1 - EDGE ? "axis-last" : ""}`}
            style={{ insetInlineStart: `${100 * scale.at(at)}%` }}
            onClick={() => choose(dayOf(at))}
          >
            {formats.shortDay(new Date(at + 43_200_000))}
          </button>
        ))}
      </div>
    </section>
  );
}

interface WatchedGiven {
  watched: readonly { day: string; hours: number }[];
  scale: Scale;
  x(share: number): number;
}

/** Beneath the reports: in which parts of the time somebody looked, and in which nobody did. */
function WatchedLane({ watched, scale, x }: WatchedGiven): ReactNode {
  const { say, formats } = useWords();
  const hours = new Array<number>(BINS).fill(0);
  for (const one of watched) {
    const at = Date.parse(one.day);
    if (at < scale.from || at > scale.until) continue;
    const bin = Math.min(BINS - 1, Math.floor(scale.at(at) * BINS));
    hours[bin] = (hours[bin] ?? 0) + one.hours;
  }
  const most = Math.max(1e-9, ...hours);
  const total = hours.reduce((sum, one) => sum + one, 0);
  const nobody = hours.filter((one) => one === 0).length / BINS;
  const told = say("app-lane-watched", { hours: formats.number(total), share: formats.share(nobody) });
  return (
    <div className="lane">
      <p className="lane-name">
        <span className="swatch swatch-watched" aria-hidden="true" />
        {say("app-hours")} <span className="quiet-text">{formats.number(total)}</span>
      </p>
      <svg
        viewBox="0 0 960 40"
        preserveAspectRatio="none"
        className="lane-chart"
        role="img"
        aria-label={told}
      >
        <defs>
          <pattern id="nobody" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6 6 0" className="lane-hatch" />
          </pattern>
        </defs>
        {hours.map((one, bin) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            key={bin}
            x={Math.min(x(bin / BINS), x((bin + 1) / BINS))}
            width={960 / BINS}
            y={one === 0 ? 0 : 40 - Math.max(4, (one / most) * 38)}
            height={one === 0 ? 40 : Math.max(4, (one / most) * 38)}
            className={one === 0 ? "lane-nobody" : "lane-watched"}
          />
        ))}
      </svg>
      <p className="quiet-text lane-told">{told}</p>
    </div>
  );
}
