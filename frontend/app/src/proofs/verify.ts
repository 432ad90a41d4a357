// What the stand-alone verifier (standalone/verify.py) checks, in the reader's own browser: the head is signed by
// the key, the leaf is in the head's tree, and what is shown is what the leaf commits to.
import { type Bytes, concat, hex, need, Rejected, same, sha256, unhex, utf8 } from "./bytes";
import { openHead, parseKey } from "./head";
import { checkContinues, rootFromPath } from "./tree";

export interface Proved {
  log: string;
  size: number;
  root: string;
  headRecorded: string;
  index: number | null;
  content: Record<string, unknown> | null;
  recordedAtUs: number | null;
  continues: number | null;
}

interface Leaf {
  index: number;
  hash: string;
  path: string[];
  salt?: string;
  content?: string;
}

export interface Proof {
  format: string;
  head: string;
  id?: string;
  leaf?: Leaf;
  entry?: Leaf;
  consistency?: { from: string; path: string[] };
}

const NUMBERED_BY_ENTRY = [
  "ingest", "actor_mapping", "accord_version", "statement", "correction", "case_step", "case_reporter",
  "publication", "user_action", "office", "office_fork", "log_key",
]; // biome-ignore format: a table

async function checkLeaf(
  leaf: Leaf | undefined,
  size: number,
  root: Bytes,
): Promise<Record<string, unknown> | null> {
  need(leaf && Number.isInteger(leaf.index) && leaf.index >= 0 && leaf.index < size, "app-proof-form");
  const hash = unhex(leaf.hash, 32);
  need(Array.isArray(leaf.path) && leaf.path.length <= 128, "app-proof-form");
  const path = leaf.path.map((one) => unhex(one, 32));
  need(same(await rootFromPath(hash, leaf.index, size, path), root), "app-proof-not-in-tree");
  if (leaf.content === undefined && leaf.salt === undefined) return null;
  need(typeof leaf.content === "string", "app-proof-form");
  const committed = await sha256(concat(Uint8Array.of(0), unhex(leaf.salt, 16), utf8(leaf.content)));
  need(same(committed, hash), "app-proof-content");
  let value: unknown;
  try {
    value = JSON.parse(leaf.content);
  } catch {
    throw new Rejected("app-proof-form");
  }
  need(value !== null && typeof value === "object" && !Array.isArray(value), "app-proof-form");
  return value as Record<string, unknown>;
}

/** What a proof proves under a verifier key, and that it continues a head that was kept. Throws Rejected. */
export async function verifyProof(
  proof: Proof,
  keyText: string,
  keptHead: string | null = null,
): Promise<Proved> {
  const key = await parseKey(keyText);
  need(proof.format === "truceline-proof/1", "app-proof-form");
  const head = await openHead(proof.head, key);
  const proved: Proved = {
    log: head.origin,
    size: head.size,
    root: hex(head.root),
    headRecorded: head.recorded,
    index: null,
    content: null,
    recordedAtUs: null,
    continues: null,
  };
  need(proof.leaf || proof.consistency, "app-proof-nothing");
  if (proof.leaf) {
    const content = await checkLeaf(proof.leaf, head.size, head.root);
    proved.index = proof.leaf.index;
    proved.content = content;
    if (content && proof.id !== undefined) {
      const table = String(content.table);
      const number = content[NUMBERED_BY_ENTRY.includes(table) ? "entry" : "seq"];
      need(
        proof.id === `${table}:${String(number)}` || (table === "observation" && proof.id === content.id),
        "app-proof-other-thing",
      );
    }
    if (proof.entry) {
      need(content, "app-proof-form");
      const entry = await checkLeaf(proof.entry, head.size, head.root);
      need(entry?.table === "entry" && entry.seq === content.entry, "app-proof-other-thing");
      proved.recordedAtUs = typeof entry.recorded_at === "number" ? entry.recorded_at : null;
    }
  }
  if (proof.consistency) {
    const old = await openHead(proof.consistency.from, key);
    await checkContinues(
      old,
      head,
      proof.consistency.path.map((one) => unhex(one, 32)),
    );
    proved.continues = old.size;
  }
  if (keptHead !== null) {
    const kept = await openHead(keptHead, key);
    if (!(kept.size === head.size && same(kept.root, head.root))) {
      need(proof.consistency, "app-proof-not-continued");
      const shown = await openHead(proof.consistency.from, key);
      need(shown.size === kept.size && same(shown.root, kept.root), "app-proof-not-continued");
    }
  }
  return proved;
}
