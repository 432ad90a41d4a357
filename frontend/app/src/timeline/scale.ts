// Days on a line: where an instant lies between two others, and which days to name beneath it.
const DAY_MS = 86_400_000;

export interface Scale {
  from: number;
  until: number;
  at(instant: number): number;
}

/** A share from 0 to 1 for each instant of the range; outside of it the nearer end. */
export function scaleOf(from: number, until: number): Scale {
  const length = Math.max(DAY_MS, until - from);
  return {
    from,
    until: from + length,
    at: (instant) => Math.min(1, Math.max(0, (instant - from) / length)),
  };
}

const STEPS_DAYS = [1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826];

/** Instants to name, evenly apart and at most that many. */
export function ticks({ from, until }: Scale, most: number): number[] {
  const step = (STEPS_DAYS.find((days) => (until - from) / (days * DAY_MS) <= most) ?? 3652) * DAY_MS;
  const made: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) made.push(at);
  return made;
}

/** How many instants fall into each of so many equal parts of the range. */
export function histogram(instants: readonly number[], { from, until }: Scale, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const one of instants) {
    if (one < from || one > until) continue;
    const bin = Math.min(bins - 1, Math.floor(((one - from) / (until - from)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
export const nextDay = (day: string, by = 1): string => dayOf(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS);
export const daysBetween = (one: string, other: string): number =>
  Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${one}T00:00:00Z`)) / DAY_MS);
