// The chart of a zone's depth along its line, in pixels: nothing of it is rounded to more than a pixel.
import type * as Schemas from "../server/schema";

type Side = Schemas.DepthSide;

export interface DepthChart {
  left: number;
  right: number;
  top: number;
  bottom: number;
  anchor: "start" | "end";
  profile: string;
  limited: string;
  bounds: string[];
  promised: { x: number; y: number; width: number; height: number }[];
  spans: { x: number; width: number; state: "short" | "over" }[];
  xTicks: { at: number; metres: number }[];
  yTicks: { at: number; metres: number }[];
  x(station: number): number;
  y(station: number): number;
  /** Metres along the line at a pixel. */
  along(pixel: number): number;
}

const TOP = 8;
const BOTTOM = 34;
const SIDE = 34;
const END = 10;

/** The step of 1, 2 or 5 times a power of ten that leaves at most so many ticks. */
export function stepOf(length: number, most: number): number {
  const least = length / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  return power * ([1, 2, 5, 10].find((one) => one * power >= least) ?? 10);
}

const ticks = (length: number, most: number): number[] => {
  const step = stepOf(length, most);
  return Array.from({ length: Math.floor(length / step + 1e-9) + 1 }, (_, at) => at * step);
};

/** The station nearest to a place, metres along the line; they stand in order. */
export function stationAt({ s_m: stations }: Pick<Side, "s_m">, along: number): number {
  let [low, high] = [0, stations.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [one = 0, other = 0] = [stations[middle], stations[middle + 1]];
    if (along > (one + other) / 2) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function chartOf(side: Side, width: number, height: number, mirrored: boolean): DepthChart {
  const [left, right] = mirrored ? [END, width - SIDE] : [SIDE, width - END];
  const bottom = height - BOTTOM;
  const deepest = Math.max(
    1,
    ...side.depth_m,
    ...side.promised.map((one) => one.most_m ?? 0),
    ...side.bounds.flat().map(([, , most = 0]) => most),
  );
  const ceiling = deepest * 1.06;
  const atS = (s: number): number => {
    const share = Math.min(1, Math.max(0, s / Math.max(1, side.length_m)));
    return round(left + (mirrored ? 1 - share : share) * (right - left));
  };
  const atDepth = (depth: number): number =>
    round(bottom - (Math.min(depth, ceiling) / ceiling) * (bottom - TOP));
  const least = (s: number): number =>
    side.promised.find((one) => (one.from_m ?? 0) <= s && s <= (one.to_m ?? 0))?.least_m ?? 0;
  // Where the line's own bends end the depth before it is what was promised, the zone is not to blame.
  const ended = side.s_m.map((s, at) => side.limited[at] === true && (side.depth_m[at] ?? 0) < least(s));
  const runs = (limited: boolean): string => {
    let path = "";
    let pen = -1;
    side.s_m.forEach((s, at) => {
      if (at === 0 || (ended[at] === true || ended[at - 1] === true) !== limited) return;
      const before = `${atS(side.s_m[at - 1] ?? 0)} ${atDepth(side.depth_m[at - 1] ?? 0)}`;
      path += `${pen === at - 1 ? "" : `M${before}`}L${atS(s)} ${atDepth(side.depth_m[at] ?? 0)}`;
      pen = at;
    });
    return path;
  };
  const box = (from: number, to: number): { x: number; width: number } => {
    const [one, other] = [atS(from), atS(to)];
    return { x: Math.min(one, other), width: Math.max(2, Math.abs(other - one)) };
  };
  const span = (of: Side["shortfalls"], state: "short" | "over"): DepthChart["spans"] =>
    of.map((one) => ({ ...box(one.from_m ?? 0, one.to_m ?? 0), state }));
  return {
    left,
    right,
    top: TOP,
    bottom,
    anchor: mirrored ? "end" : "start",
    profile: runs(false),
    limited: runs(true),
    bounds: side.bounds
      .filter((run) => run.length > 1)
      .map((run) => {
        const high = run.map(([s = 0, , most = 0]) => `${atS(s)} ${atDepth(most)}`);
        const low = run.map(([s = 0, fewest = 0]) => `${atS(s)} ${atDepth(fewest)}`).reverse();
        return `M${[...high, ...low].join("L")}Z`;
      }),
    promised: side.promised.map((one) => {
      const top = atDepth(one.most_m ?? 0);
      return {
        ...box(one.from_m ?? 0, one.to_m ?? 0),
        y: top,
        height: Math.max(1.5, atDepth(one.least_m ?? 0) - top),
      };
    }),
    spans: [...span(side.shortfalls, "short"), ...span(side.excesses, "over")],
    xTicks: ticks(side.length_m, Math.max(2, Math.floor((right - left) / 70))).map((metres) => ({
      at: atS(metres),
      metres,
    })),
    yTicks: ticks(ceiling, 4).map((metres) => ({ at: atDepth(metres), metres })),
    x: (station) => atS(side.s_m[station] ?? 0),
    y: (station) => atDepth(side.depth_m[station] ?? 0),
    along: (pixel) => {
      const share = (pixel - left) / Math.max(1, right - left);
      return (mirrored ? 1 - share : share) * side.length_m;
    },
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
