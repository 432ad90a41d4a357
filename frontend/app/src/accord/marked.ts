// A text with the words that provisions quote marked in it. Places in a text are code points, as in the accord.

export interface Span {
  start: number;
  end: number;
  id: string;
}

export interface Piece {
  text: string;
  ids: readonly string[];
}

/** The text cut where a quote begins or ends; each piece with the provisions that quote it. */
export function pieces(text: string, spans: readonly Span[]): Piece[] {
  const points = Array.from(text);
  const inside = spans.filter((one) => one.start < one.end && one.start >= 0 && one.end <= points.length);
  const cuts = [...new Set([0, points.length, ...inside.flatMap((one) => [one.start, one.end])])].sort(
    (a, b) => a - b,
  );
  const made: Piece[] = [];
  for (let at = 1; at < cuts.length; at += 1) {
    const [from, until] = [cuts[at - 1] ?? 0, cuts[at] ?? 0];
    made.push({
      text: points.slice(from, until).join(""),
      ids: inside.filter((one) => one.start <= from && until <= one.end).map((one) => one.id),
    });
  }
  return made;
}
