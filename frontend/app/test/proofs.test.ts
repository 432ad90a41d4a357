import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Proof, verifyProof } from "../src/proofs/verify";
import { isLocked, readKeyFile, signText } from "../src/signing/party-key";

// Made by `truceline log prove` and `log head` from a workspace of the example.
const made = JSON.parse(readFileSync(new URL("proofs.json", import.meta.url), "utf8")) as Record<
  "whole" | "withheld" | "continued" | "entry",
  Proof
> & { key: string; kept: string };
const LOCKED = {
  passphrase: "quiet harbour lantern",
  public: "MLEEVSCWBHMWGuhiFKgKFROrTP8tSazrB53n9CvDi50=",
  pem: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBAZHH3Ssbzai7rHYLWo
pMu8AgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQdxnWh3K4Vlx+S/0y
nyLbFwRAlcFn5zwuAl3YHIhqTs5tWMMMHNCpImKO8yE00kQnp54UDcFvoBXV2Iff
7kwdx/QV666txwWWM5eifoSyRxNfYw==
-----END ENCRYPTED PRIVATE KEY-----
`,
};
const copy = (proof: Proof): Proof => structuredClone(proof);
const why = (proof: Proof, key = made.key, kept: string | null = null): Promise<string> =>
  verifyProof(proof, key, kept).then(
    () => "accepted",
    (error: Error) => error.message,
  );
const otherByte = (hex: string, at: number): string => {
  const digit = hex[at % hex.length] ?? "0";
  return hex.slice(0, at % hex.length) + (digit === "0" ? "1" : "0") + hex.slice((at % hex.length) + 1);
};

describe("verifying in the browser", () => {
  it("accepts what the command line proved, and says what was recorded", async () => {
    const proved = await verifyProof(made.whole, made.key);
    expect(proved.content?.id).toBe(made.whole.id);
    expect(proved.recordedAtUs).toBeGreaterThan(0);
    expect((await verifyProof(made.entry, made.key)).content?.table).toBe("entry");
  });

  it("proves a withheld content to be there and does not show it", async () => {
    expect((await verifyProof(made.withheld, made.key)).content).toBeNull();
  });

  it("proves that the log continues a head that was kept", async () => {
    const proved = await verifyProof(made.continued, made.key, made.kept);
    expect(proved.continues).toBe(Number(made.kept.split("\n")[1]));
  });

  it("rejects a changed content, salt, hash, index and path, wherever the change is", async () => {
    const digits = fc.integer({ min: 0, max: 63 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("content", "salt", "hash", "index", "path"),
        digits,
        async (field, at) => {
          const proof = copy(made.whole);
          const leaf = proof.leaf;
          if (!leaf) throw new Error("no leaf");
          if (field === "content") leaf.content = (leaf.content ?? "").replace("shelling", "air_strike");
          else if (field === "salt") leaf.salt = otherByte(leaf.salt ?? "", at);
          else if (field === "hash") leaf.hash = otherByte(leaf.hash, at);
          else if (field === "index") leaf.index += 1 + at;
          else leaf.path[at % leaf.path.length] = otherByte(leaf.path[at % leaf.path.length] ?? "", at);
          expect(await why(proof)).not.toBe("accepted");
        },
      ),
      { numRuns: 40 },
    );
  });

  it("rejects a head whose size, root or instant was changed", async () => {
    for (const line of [1, 2, 3]) {
      const proof = copy(made.whole);
      const lines = proof.head.split("\n");
      lines[line] = line === 1 ? "9" : line === 2 ? `${"A".repeat(43)}=` : "recorded 2019-01-01T00:00:00Z";
      proof.head = lines.join("\n");
      expect(await why(proof)).toBe("app-proof-signature");
    }
  });

  it("rejects another log's key, a broken key, and a proof of another thing", async () => {
    const [name, id, ...rest] = made.key.split("+");
    const key = rest.join("+");
    expect(await why(made.whole, `${name}+00000000+${key}`)).toBe("app-proof-key");
    expect(await why(made.whole, `other/log+${id}+${key}`)).toBe("app-proof-key");
    expect(await why({ ...copy(made.whole), id: "obs-another" })).toBe("app-proof-other-thing");
  });

  it("rejects a log that does not continue the kept head", async () => {
    const proof = copy(made.continued);
    const steps = proof.consistency?.path ?? [];
    steps[0] = otherByte(steps[0] ?? "", 3);
    expect(await why(proof, made.key, made.kept)).not.toBe("accepted");
    expect(await why(made.whole, made.key, made.kept)).toBe("app-proof-not-continued");
  });
});

describe("a party's key in the browser", () => {
  it("signs as OpenSSL verifies, and knows its public half", async () => {
    const pair = generateKeyPairSync("ed25519");
    const key = await readKeyFile(pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const text = '{"act":"consent","party":"روسيا"}';
    expect(
      verify(null, Buffer.from(text), pair.publicKey, Buffer.from(await signText(key, text), "base64")),
    ).toBe(true);
    const jwk = createPublicKey(pair.privateKey).export({ format: "jwk" });
    expect(Buffer.from(key.public, "base64").equals(Buffer.from(String(jwk.x), "base64url"))).toBe(true);
    await expect(crypto.subtle.exportKey("pkcs8", key.private)).rejects.toThrow();
  });

  it("is opened with its passphrase, as Python's cryptography and OpenSSL lock it", async () => {
    // Written by `truceline key new --passphrase`; the public half by OpenSSL.
    expect((await readKeyFile(LOCKED.pem, LOCKED.passphrase)).public).toBe(LOCKED.public);
    const pair = generateKeyPairSync("ed25519");
    const locked = pair.privateKey
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "ключ и слово" })
      .toString();
    expect(isLocked(locked)).toBe(true);
    const key = await readKeyFile(locked, "ключ и слово");
    const signed = Buffer.from(await signText(key, "text"), "base64");
    expect(verify(null, Buffer.from("text"), pair.publicKey, signed)).toBe(true);
    for (const wrong of ["", "ключ", "ключ и слово "])
      await expect(readKeyFile(locked, wrong)).rejects.toThrow("app-key-wrong-passphrase");
  });

  it("is refused with a reason where it is no key, or locked in another way", async () => {
    const locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n";
    await expect(readKeyFile(locked, "x")).rejects.toThrow("app-key-other-lock");
    await expect(readKeyFile("no key")).rejects.toThrow("app-key-form");
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    await expect(readKeyFile(rsa.toString())).rejects.toThrow("app-key-form");
  });
});
