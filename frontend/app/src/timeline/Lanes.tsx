import { type ReactNode, useMemo } from "react";
import { layerOf } from "../../../shared/layers";
import { Sign } from "../marks/Sign";
import type { Seen } from "../server/types";
import { useWords } from "../words/Words";
import { dayOf, histogram, scaleOf, ticks } from "./scale";

const BINS = 96;

interface Given {
  seen: readonly Seen[];
  first: string;
  last: string;
  day: string;
  choose(day: string): void;
}

/** How many reports there are of each family over time; what is after the chosen date is grey. */
export function Lanes({ seen, first, last, day, choose }: Given): ReactNode {
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
      <div className="axis">
        {ticks(scale, 6).map((at) => (
          <button key={at} type="button" className="link" onClick={() => choose(dayOf(at))}>
            {formats.shortDay(new Date(at + 43_200_000))}
          </button>
        ))}
      </div>
    </section>
  );
}
