// The Merkle tree of RFC 6962 and RFC 9162, SHA-256. Sizes stay below 2^50, where numbers are exact.
import { type Bytes, concat, need, same, sha256 } from "./bytes";

const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(Uint8Array.of(1), left, right));

const half = (value: number): number => Math.floor(value / 2);
const odd = (value: number): boolean => value % 2 === 1;

/** The root that a path leads to, RFC 9162 section 2.1.3.2. */
export async function rootFromPath(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
): Promise<Bytes> {
  let [fn, sn, root] = [index, size - 1, leaf];
  for (const step of path) {
    need(sn !== 0, "app-proof-path");
    if (odd(fn) || fn === sn) {
      root = await nodeHash(step, root);
      while (!odd(fn) && fn > 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else root = await nodeHash(root, step);
    fn = half(fn);
    sn = half(sn);
  }
  need(sn === 0, "app-proof-path");
  return root;
}

export interface Length {
  size: number;
  root: Bytes;
}

/** That the old tree is the beginning of the new, RFC 9162 section 2.1.4.2. Throws Rejected. */
export async function checkContinues(old: Length, now: Length, path: readonly Bytes[]): Promise<void> {
  need(old.size <= now.size, "app-proof-shrunk");
  if (old.size === now.size) {
    need(path.length === 0 && same(old.root, now.root), "app-proof-rewritten");
    return;
  }
  if (old.size === 0) {
    need(path.length === 0 && same(old.root, await sha256(new Uint8Array())), "app-proof-rewritten");
    return;
  }
  need(path.length > 0, "app-proof-path");
  const nodes = Number.isInteger(Math.log2(old.size)) ? [old.root, ...path] : path;
  let [fn, sn] = [old.size - 1, now.size - 1];
  while (odd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  const first = nodes[0];
  need(first, "app-proof-path");
  let [before, after] = [first, first];
  for (const step of nodes.slice(1)) {
    need(sn !== 0, "app-proof-path");
    if (odd(fn) || fn === sn) {
      before = await nodeHash(step, before);
      after = await nodeHash(step, after);
      while (!odd(fn) && fn > 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else after = await nodeHash(after, step);
    fn = half(fn);
    sn = half(sn);
  }
  need(sn === 0, "app-proof-path");
  need(same(before, old.root), "app-proof-rewritten");
  need(same(after, now.root), "app-proof-path");
}
