// What a draft's accord holds, as the accord file says it; only what this view reads is named.
import type { DraftAnswer, DraftDecision } from "../server/api";
import type { Names } from "../server/types";

export interface DraftQuote {
  source: string;
  exact: string;
  start: number;
  end: number;
  speaker?: string;
}

export interface DraftProvision {
  id: string;
  kind: string;
  title?: Names;
  parties?: string[];
  quotes?: DraftQuote[];
  confidence?: number;
  due?: unknown;
  subject?: string;
  zone?: string;
  place?: string;
  [field: string]: unknown;
}

interface Named {
  id: string;
  names?: Names;
  [field: string]: unknown;
}

export interface DraftAccord {
  accord: { id: string; title: Names; signed?: string; time_zone: string };
  parties: (Named & { role: string })[];
  places: Named[];
  lines: Named[];
  zones: Named[];
  provisions: DraftProvision[];
  statements: { id: string; speaker: string; stance: string; quote: DraftQuote }[];
}

export const KINDS = [
  "cessation",
  "zone",
  "weapons_withdrawal",
  "forces_withdrawal",
  "designation",
  "patrols",
  "routes",
  "verification",
  "ceiling",
  "restriction",
  "other",
] as const;
export const ROLES = ["guarantor", "side", "group", "supporter", "observer"] as const;

export function accordOf(draft: DraftAnswer): DraftAccord {
  const given = draft.accord as Partial<DraftAccord>;
  return {
    accord: given.accord ?? { id: "", title: "", time_zone: "UTC" },
    parties: given.parties ?? [],
    places: given.places ?? [],
    lines: given.lines ?? [],
    zones: given.zones ?? [],
    provisions: given.provisions ?? [],
    statements: given.statements ?? [],
  };
}

/** A deadline in the words in which the accord file gives it. */
export function momentText(moment: unknown): string {
  if (moment === undefined || moment === null) return "";
  if (typeof moment === "string") return moment;
  const { date, at, after, text, ...span } = moment as Record<string, unknown>;
  const words = [date ?? at ?? "", ...(after ? [spanText(span), "→", after] : [])];
  return `${words.join(" ").trim()}${text ? ` (“${String(text)}”)` : ""}`;
}

const spanText = (span: Record<string, unknown>): string =>
  Object.entries(span)
    .filter(([, value]) => typeof value === "number")
    .map(([unit, value]) => `${value} ${unit}`)
    .join(" ");

export interface Piece {
  start: number;
  end: number;
  text: string;
  provisions: DraftProvision[];
  statements: DraftAccord["statements"];
}

/** The sentences with what quotes them; what quotes none of them stands with the last. Places are code points. */
export function piecesOf(draft: DraftAnswer, accord: DraftAccord, rejected: DraftProvision[]): Piece[] {
  const points = Array.from(draft.text);
  const pieces = draft.sentences.map(
    ([start = 0, end = 0]): Piece => ({
      start,
      end,
      text: points.slice(start, end).join(""),
      provisions: [],
      statements: [],
    }),
  );
  const at = (start: number): Piece | undefined =>
    pieces.find((one) => start < one.end && start >= one.start) ??
    pieces.find((one) => one.start >= start) ??
    pieces.at(-1);
  for (const one of [...accord.provisions, ...rejected])
    at(one.quotes?.[0]?.start ?? points.length)?.provisions.push(one);
  for (const one of accord.statements) at(one.quote.start)?.statements.push(one);
  return pieces;
}

/** What a decision says of its target, for a mark beside it. */
export const stateOf = (decision: DraftDecision | undefined): string => {
  if (!decision) return "open";
  return (
    { confirm: "confirmed", correct: "corrected", reject: "rejected", add: "added" }[decision.act] ??
    decision.act
  );
};
