// How deep a zone is along its line, against what is promised. The pointer or the arrow keys go along the line;
// the place is shown on the map and told in words.
import { useQuery } from "@tanstack/react-query";
import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Empty, Shown } from "../marks/States";
import { api } from "../server/api";
import type * as Schemas from "../server/schema";
import { useWhen } from "../server/when";
import { useWords } from "../words/Words";
import { chartOf, stationAt } from "./depth-chart";

type Side = Schemas.DepthSide;

interface Given {
  zone: string;
  name: string;
  show(place: readonly [number, number] | null): void;
  close(): void;
}

export function DepthPanel({ zone, name, show, close }: Given): ReactNode {
  const { say } = useWords();
  const when = useWhen();
  const query = useQuery({
    queryKey: ["zone depth", zone, when],
    queryFn: () => api.zoneDepth(zone, when),
  });
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => () => latest.current(null), []);
  return (
    <section className="depth-panel" aria-label={say("app-depth-title", { zone: name })}>
      <p className="card-head">
        <b>{say("app-depth-title", { zone: name })}</b>
        <button type="button" onClick={close}>
          {say("app-close")}
        </button>
      </p>
      <Shown query={query}>
        {({ sides }) =>
          sides.length === 0 ? (
            <Empty>{say("app-depth-none")}</Empty>
          ) : (
            <>
              {sides.map((side) => (
                <SideChart key={side.side} side={side} alone={sides.length === 1} show={show} />
              ))}
              <ul className="depth-key">
                <li className="key-promised">{say("app-depth-promised")}</li>
                <li className="key-depth">{say("app-depth-measured")}</li>
                <li className="key-limited">{say("app-depth-limited")}</li>
                <li className="key-short">{say("app-depth-short")}</li>
                <li className="key-over">{say("app-depth-over")}</li>
              </ul>
            </>
          )
        }
      </Shown>
    </section>
  );
}

const HEIGHT = 170;

function SideChart({
  side,
  alone,
  show,
}: {
  side: Side;
  alone: boolean;
  show(place: readonly [number, number] | null): void;
}): ReactNode {
  const { say, formats, direction } = useWords();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(240, Math.round(entry.contentRect.width)));
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  const chart = chartOf(side, width, HEIGHT, direction === "rtl");
  const choose = (station: number): void => {
    setAt(station);
    const place = side.places[station];
    if (place) show([place[0] ?? 0, place[1] ?? 0]);
  };
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    choose(stationAt(side, chart.along(event.clientX - box.left)));
  };
  const station = at ?? 0;
  const told = tellStation(side, station, say, formats);
  const verdict = say("app-depth-verdict", {
    share: formats.share(side.share_within),
    least: formats.km(side.min_depth_m),
    most: formats.km(side.max_depth_m),
  });
  return (
    <figure className="depth-side" ref={frame}>
      <figcaption>
        {!alone && <b>{say(side.side === "left" ? "app-depth-left" : "app-depth-right")} </b>}
        {verdict} {!side.certain && say("app-depth-uncertain")}
      </figcaption>
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={verdict}
        onPointerMove={follow}
        onPointerDown={follow}
      >
        {chart.promised.map((box) => (
          <rect key={box.x} {...box} className="depth-promised" />
        ))}
        {chart.bounds.map((path) => (
          <path key={path} d={path} className="depth-bounds" />
        ))}
        {chart.yTicks.map(({ at: y, metres }) => (
          <g key={metres} className="depth-tick">
            <line x1={chart.left} x2={chart.right} y1={y} y2={y} />
            <text x={direction === "rtl" ? width - 4 : 4} y={y + 4} textAnchor={chart.anchor}>
              {formats.number(metres / 1000)}
            </text>
          </g>
        ))}
        {chart.xTicks.map(({ at: x, metres }) => (
          <text key={metres} x={x} y={HEIGHT - 4} textAnchor="middle" className="depth-tick">
            {formats.number(metres / 1000)}
          </text>
        ))}
        <path d={chart.profile} className="depth-line" />
        <path d={chart.limited} className="depth-line depth-line-limited" />
        {chart.spans.map(({ x, width: wide, state }) => (
          <rect
            key={`${state}${x}`}
            x={x}
            y={chart.bottom + 2}
            width={wide}
            height={6}
            className={`depth-span-${state}`}
          />
        ))}
        {at !== null && (
          <g className="depth-here">
            <line x1={chart.x(station)} x2={chart.x(station)} y1={chart.top} y2={chart.bottom} />
            <circle cx={chart.x(station)} cy={chart.y(station)} r={5} />
          </g>
        )}
      </svg>
      <label htmlFor={id} className="sr">
        {say("app-depth-place")}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(0, side.s_m.length - 1)}
        value={station}
        aria-valuetext={told}
        onChange={(event) => choose(Number(event.target.value))}
        onFocus={() => choose(station)}
      />
      <output htmlFor={id}>{at === null ? say("app-depth-hint") : told}</output>
    </figure>
  );
}

function tellStation(
  side: Side,
  station: number,
  say: ReturnType<typeof useWords>["say"],
  formats: ReturnType<typeof useWords>["formats"],
): string {
  const s = side.s_m[station] ?? 0;
  const depth = side.depth_m[station] ?? 0;
  const run = side.promised.find((one) => (one.from_m ?? 0) <= s && s <= (one.to_m ?? 0));
  const near = (of: Side["shortfalls"]): { worst_m?: number } | undefined =>
    of.find((one) => (one.from_m ?? 0) <= s && s <= (one.to_m ?? 0));
  const short = near(side.shortfalls);
  const over = near(side.excesses);
  const least = run?.least_m ?? 0;
  const most = run?.most_m ?? 0;
  const state = short
    ? say("app-depth-at-short", { km: formats.number(Math.max(least - depth, 0) / 1000, 2) })
    : over
      ? say("app-depth-at-over", { km: formats.number(Math.max(depth - most, 0) / 1000, 2) })
      : side.limited[station] && depth < least
        ? say("app-depth-at-limited")
        : "";
  const told = say("app-depth-at", {
    along: formats.number(s / 1000, 1),
    depth: formats.number(depth / 1000, 2),
    promised:
      least === most
        ? formats.number(most / 1000, 1)
        : `${formats.number(least / 1000, 1)}–${formats.number(most / 1000, 1)}`,
  });
  return state ? `${told} ${state}` : told;
}
