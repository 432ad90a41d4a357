// A party's key signs in the party's own browser; it is never sent. Key files are PKCS 8 in PEM.
import { type Bytes, base64, need, Rejected, unbase64, utf8 } from "../proofs/bytes";

export interface PartyKey {
  private: CryptoKey;
  /** The public half, in base64. */
  public: string;
}

const FORM = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([\s\S]+?)-----END \1?PRIVATE KEY-----/;

/** Whether a key file needs its passphrase. */
export const isLocked = (pem: string): boolean => FORM.exec(pem)?.[1] !== undefined;

/** The key of a file that `truceline key new` wrote; with its passphrase where it has one. Throws Rejected. */
export async function readKeyFile(pem: string, passphrase = ""): Promise<PartyKey> {
  const found = FORM.exec(pem);
  const body = found?.[2];
  need(body, "app-key-form");
  let der = fileBytes(body);
  if (found?.[1]) {
    // Loaded only where it is needed.
    const { unlock } = await import("./locked-key");
    der = await unlock(der, passphrase);
  }
  try {
    // Read once so that the public half can be taken out, and kept in a form from which nothing can be.
    const open = await crypto.subtle.importKey("pkcs8", der, "Ed25519", true, ["sign"]);
    const { x = "" } = await crypto.subtle.exportKey("jwk", open);
    const kept = await crypto.subtle.importKey("pkcs8", der, "Ed25519", false, ["sign"]);
    return { private: kept, public: unurl(x) };
  } catch {
    // What a wrong passphrase opens is, by chance, sometimes padded as it should be.
    need(false, found?.[1] ? "app-key-wrong-passphrase" : "app-key-form");
  }
}

function fileBytes(body: string): Bytes {
  try {
    return unbase64(body.replace(/\s/g, ""));
  } catch {
    throw new Rejected("app-key-form");
  }
}

// JWK writes base64 for addresses, without padding.
const unurl = (text: string): string => {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return plain + "=".repeat((4 - (plain.length % 4)) % 4);
};

/** The signature over exactly that text, in base64. */
export async function signText(key: PartyKey, text: string): Promise<string> {
  return base64(new Uint8Array(await crypto.subtle.sign("Ed25519", key.private, utf8(text))));
}
