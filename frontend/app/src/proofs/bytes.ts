export class Rejected extends Error {
  /** The message of the reader's language that says why. */
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.name = "Rejected";
    this.why = why;
  }
}

export function need(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Rejected(why);
}

export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const sha256 = async (data: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", data));

export const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export const hex = (data: Uint8Array): string =>
  Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function unhex(text: unknown, length: number): Bytes {
  need(typeof text === "string" && text.length === 2 * length && /^[0-9a-f]*$/.test(text), "app-proof-form");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export const base64 = (data: Uint8Array): string =>
  btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));

/** The bytes of strict, canonical base64. */
export function unbase64(text: string): Bytes {
  let data: Bytes;
  try {
    data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Rejected("app-proof-form");
  }
  need(base64(data) === text, "app-proof-form");
  return data;
}
