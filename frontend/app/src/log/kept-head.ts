// The last head that this browser checked, and the key of the first visit: what a rewritten log cannot satisfy.
interface Kept {
  note: string;
  key: string;
}

const name = (origin: string): string => `truceline.head.${origin}`;

function read(origin: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name(origin)) ?? "null");
    return kept !== null && typeof kept === "object" && "note" in kept && "key" in kept
      ? (kept as Kept)
      : null;
  } catch {
    return null;
  }
}

export const readKept = (origin: string): string | null => read(origin)?.note ?? null;
export const keptKey = (origin: string): string | null => read(origin)?.key ?? null;
export const keepHead = (origin: string, note: string, key: string): void =>
  localStorage.setItem(name(origin), JSON.stringify({ note, key }));
