import { type Obligation, STATUSES } from "../server/types";

export const ORDERS = ["urgency", "due", "text"] as const;
export type Order = (typeof ORDERS)[number];

const rank = (one: Obligation): number => STATUSES.indexOf(one.status);
const due = (one: Obligation): number => (one.due ? Date.parse(one.due) : Number.POSITIVE_INFINITY);

/** By urgency (what is breached or overdue first, the surest first), by deadline, or as in the text. */
export function inOrder(obligations: readonly Obligation[], order: Order): Obligation[] {
  const all = [...obligations];
  if (order === "text") return all;
  if (order === "due") return all.sort((one, other) => due(one) - due(other));
  return all.sort(
    (one, other) => rank(one) - rank(other) || other.probability - one.probability || due(one) - due(other),
  );
}

/** Letters as they are compared in a search: without marks, Arabic in its plain forms, lower case. */
export const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}\u0640]/gu, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/[ʿʾ'’‘`]/g, "")
    .replace(/ı/g, "i")
    .toLowerCase();
