// How the probability of an obligation went over the weeks before, up to the present; the line breaks where the
// status changed, since the probability is then of something else.
import type { ReactNode } from "react";
import type { Obligation, Status } from "../server/types";
import { useWords } from "../words/Words";
import { type Past, spells } from "./trend";

const WIDTH = 96;
const HEIGHT = 22;

interface Given {
  past: Past | null;
  instants: readonly string[];
  obligation: Obligation;
}

export function Trend({ past, instants, obligation }: Given): ReactNode {
  const { say, formats, direction } = useWords();
  if (!past || instants.length === 0) return null;
  const runs = spells(past, obligation);
  const steps = instants.length;
  const x = (step: number): number => {
    const share = step / steps;
    return 2 + (direction === "rtl" ? 1 - share : share) * (WIDTH - 4);
  };
  const y = (p: number): number => 2 + (1 - p) * (HEIGHT - 4);
  const tell = (status: Status, p: number): string => `${say(`status-${status}`)} ${formats.percent(p)}`;
  const told = runs
    .map((run) => {
      const last = run.points.at(-1);
      const at = instants[run.points[0]?.step ?? 0];
      return last && at
        ? say("app-trend-from", { day: formats.lastDay(at), status: tell(run.status, last.p) })
        : tell(run.status, obligation.probability);
    })
    .join("; ");
  const label = say("app-trend", { count: steps, told });
  return (
    <svg className="trend" width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <rect width={WIDTH} height={HEIGHT} className="trend-frame" />
      {runs.map((run) => {
        const points = run.points.map((one) => `${x(one.step)},${y(one.p)}`);
        const [first] = run.points;
        return (
          <g key={first?.step} className={`trend-run st-${run.status}`}>
            {run !== runs[0] && first && (
              <line x1={x(first.step)} x2={x(first.step)} y1={0} y2={HEIGHT} className="trend-change" />
            )}
            {points.length > 1 ? (
              <polyline points={points.join(" ")} />
            ) : (
              first && <circle cx={x(first.step)} cy={y(first.p)} r={1.8} />
            )}
          </g>
        );
      })}
      <circle cx={x(steps)} cy={y(obligation.probability)} r={2.6} className="trend-now" />
    </svg>
  );
}
