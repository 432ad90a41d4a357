import type * as Schemas from "../server/schema";
import type { Obligation, Status } from "../server/types";

export type Past = Schemas.TrendRow;

export interface Spell {
  status: Status;
  points: { step: number; p: number }[];
}

/** The past and the present as spells of one status each; the present is the step after the last of the past. */
export function spells(past: Past, now: Pick<Obligation, "status" | "probability">): Spell[] {
  const found: Spell[] = [];
  const add = (status: Status, p: number, step: number): void => {
    const last = found.at(-1);
    if (last?.status === status && last.points.at(-1)?.step === step - 1) last.points.push({ step, p });
    else found.push({ status, points: [{ step, p }] });
  };
  past.status.forEach((status, step) => {
    const p = past.probability[step];
    if (status && typeof p === "number") add(status, p, step);
  });
  add(now.status, now.probability, past.status.length);
  return found;
}
