// What changed since the viewer last looked, kept in the viewer's own browser.
import type { Obligation, Status } from "../server/types";

export interface Look {
  at: string;
  statuses: Record<string, { status: Status; probability: number }>;
}

export interface Change {
  obligation: Obligation;
  before: Status | null;
}

export function lookOf(obligations: readonly Obligation[], at: string): Look {
  return {
    at,
    statuses: Object.fromEntries(
      obligations.map((one) => [one.id, { status: one.status, probability: one.probability }]),
    ),
  };
}

/** The obligations whose status is another than at that look, or that were not there. */
export const changesSince = (look: Look, obligations: readonly Obligation[]): Change[] =>
  obligations.flatMap((one) => {
    const before = look.statuses[one.id]?.status ?? null;
    return before === one.status ? [] : [{ obligation: one, before }];
  });

/** By how much the probability moved since that look, where the status stayed; 0 where it is not known. */
export function movedSince(look: Look, one: Obligation): number {
  const before = look.statuses[one.id];
  return before && before.status === one.status ? one.probability - before.probability : 0;
}

const key = (owner: string, accord: string): string => `truceline.look.${owner}.${accord}`;

export function readLook(owner: string, accord: string): Look | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(owner, accord)) ?? "null");
    return kept !== null && typeof kept === "object" && "statuses" in kept ? (kept as Look) : null;
  } catch {
    return null;
  }
}

export const keepLook = (owner: string, accord: string, look: Look): void =>
  localStorage.setItem(key(owner, accord), JSON.stringify(look));
