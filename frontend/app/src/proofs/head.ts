// Signed heads: C2SP signed-note and tlog-checkpoint, Ed25519 by the browser's own Web Cryptography.
import { type Bytes, concat, hex, need, same, sha256, unbase64, utf8 } from "./bytes";

export interface LogKey {
  name: string;
  publicKey: Bytes;
}

export interface Head {
  origin: string;
  size: number;
  root: Bytes;
  recorded: string;
}

async function keyId(name: string, publicKey: Bytes): Promise<Bytes> {
  return (await sha256(concat(utf8(`${name}\n\u0001`), publicKey))).slice(0, 4);
}

/** Name and public key of a verifier key, name+id+base64. */
export async function parseKey(text: string): Promise<LogKey> {
  const [name, id, ...rest] = text.trim().split("+");
  need(name && id && rest.length > 0, "app-proof-key");
  const data = unbase64(rest.join("+"));
  need(data.length === 33 && data[0] === 1, "app-proof-key");
  const publicKey = data.slice(1);
  need(hex(await keyId(name, publicKey)) === id, "app-proof-key");
  return { name, publicKey };
}

export const canVerify = async (): Promise<boolean> => {
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
};

const SIGNATURE = /^— ([^ +]+) ([A-Za-z0-9+/=]+)$/;

/** The head, once its signature by that key is checked. Throws Rejected. */
export async function openHead(note: unknown, key: LogKey): Promise<Head> {
  need(typeof note === "string", "app-proof-form");
  const cut = note.indexOf("\n\n");
  need(cut >= 0 && note.endsWith("\n"), "app-proof-form");
  const text = note.slice(0, cut);
  const lines = text.split("\n");
  const [origin, size, root, recorded] = lines;
  need(lines.length === 4 && origin && size && root && recorded, "app-proof-form");
  need(origin === key.name, "app-proof-other-log");
  need(/^(0|[1-9][0-9]{0,14})$/.test(size) && recorded.startsWith("recorded "), "app-proof-form");
  const rootBytes = unbase64(root);
  need(rootBytes.length === 32, "app-proof-form");
  const verifier = await crypto.subtle.importKey("raw", key.publicKey, "Ed25519", false, ["verify"]);
  const id = await keyId(key.name, key.publicKey);
  for (const line of note.slice(cut + 2, -1).split("\n")) {
    const found = SIGNATURE.exec(line);
    need(found?.[1] && found[2], "app-proof-form");
    const data = unbase64(found[2]);
    if (found[1] !== key.name || !same(data.slice(0, 4), id)) continue;
    const holds = await crypto.subtle.verify("Ed25519", verifier, data.slice(4), utf8(`${text}\n`));
    need(holds, "app-proof-signature");
    return { origin, size: Number(size), root: rootBytes, recorded: recorded.slice("recorded ".length) };
  }
  need(false, "app-proof-signature");
}
