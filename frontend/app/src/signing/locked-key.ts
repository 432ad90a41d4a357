// A key file that a passphrase protects: PKCS 8, encrypted with PBES2 (RFC 8018) as `truceline key new --passphrase`
// and OpenSSL write it. Its form is read with asn1js, what is secret is done by the browser's own WebCrypto.
import { Integer, Null, ObjectIdentifier, OctetString, Sequence, verifySchema } from "asn1js";
import { type Bytes, need, utf8 } from "../proofs/bytes";

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const HASHES: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.9": "SHA-256",
  "1.2.840.113549.2.10": "SHA-384",
  "1.2.840.113549.2.11": "SHA-512",
};
const CIPHERS: Readonly<Record<string, number>> = {
  "2.16.840.1.101.3.4.1.2": 128,
  "2.16.840.1.101.3.4.1.22": 192,
  "2.16.840.1.101.3.4.1.42": 256,
};
const MOST_ROUNDS = 10_000_000;

const SCHEMA = new Sequence({
  value: [
    new Sequence({
      value: [
        new ObjectIdentifier({ name: "scheme" }),
        new Sequence({
          value: [
            new Sequence({
              value: [
                new ObjectIdentifier({ name: "derivation" }),
                new Sequence({
                  value: [
                    new OctetString({ name: "salt" }),
                    new Integer({ name: "rounds" }),
                    new Integer({ name: "length", optional: true }),
                    new Sequence({
                      value: [new ObjectIdentifier({ name: "hash" }), new Null({ optional: true })],
                    }),
                  ],
                }),
              ],
            }),
            new Sequence({
              value: [new ObjectIdentifier({ name: "cipher" }), new OctetString({ name: "iv" })],
            }),
          ],
        }),
      ],
    }),
    new OctetString({ name: "sealed" }),
  ],
});

/** The PKCS 8 bytes in an encrypted key file. Throws Rejected: another form, or a passphrase that does not open it. */
export async function unlock(der: Bytes, passphrase: string): Promise<Bytes> {
  const found = verifySchema(der, SCHEMA);
  need(found.verified, "app-key-other-lock");
  const read = found.result as Record<string, unknown>;
  const name = (field: string): string => {
    const value = read[field];
    return value instanceof ObjectIdentifier ? value.getValue() : "";
  };
  const bytes = (field: string): Bytes => {
    const value = read[field];
    return value instanceof OctetString ? new Uint8Array(value.getValue()) : new Uint8Array();
  };
  const rounds = read.rounds instanceof Integer ? Number(read.rounds.toBigInt()) : 0;
  const [hash, length] = [HASHES[name("hash")], CIPHERS[name("cipher")]];
  need(name("scheme") === PBES2 && name("derivation") === PBKDF2 && hash && length, "app-key-other-lock");
  need(rounds >= 1 && rounds <= MOST_ROUNDS, "app-key-other-lock");
  const words = await crypto.subtle.importKey("raw", utf8(passphrase), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "PBKDF2", salt: bytes("salt"), iterations: rounds, hash },
    words,
    { name: "AES-CBC", length },
    false,
    ["decrypt"],
  );
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-CBC", iv: bytes("iv") }, key, bytes("sealed"));
    return new Uint8Array(plain);
  } catch {
    need(false, "app-key-wrong-passphrase");
  }
}
