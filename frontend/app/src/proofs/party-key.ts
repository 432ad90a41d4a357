// A party's key signs in the party's own browser; it is never sent. Key files are PKCS 8 in PEM.
import { base64, need, unbase64, utf8 } from "./bytes";

export interface PartyKey {
  private: CryptoKey;
  /** The public half, in base64. */
  public: string;
}

/** The key of a file that `truceline key new` wrote without a passphrase. Throws Rejected. */
export async function readKeyFile(pem: string): Promise<PartyKey> {
  need(!pem.includes("ENCRYPTED"), "app-key-encrypted");
  const body = /-----BEGIN PRIVATE KEY-----([\s\S]+?)-----END PRIVATE KEY-----/.exec(pem)?.[1];
  need(body, "app-key-form");
  const der = unbase64(body.replace(/\s/g, ""));
  try {
    // Read once so that the public half can be taken out, and kept in a form from which nothing can be.
    const open = await crypto.subtle.importKey("pkcs8", der, "Ed25519", true, ["sign"]);
    const { x = "" } = await crypto.subtle.exportKey("jwk", open);
    const kept = await crypto.subtle.importKey("pkcs8", der, "Ed25519", false, ["sign"]);
    return { private: kept, public: unurl(x) };
  } catch {
    need(false, "app-key-form");
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
