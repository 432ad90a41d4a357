// Entries made without a connection wait here and arrive once: each bears a key that the server remembers.
import { Problem, send, Unreachable } from "../server/http";
import { arrived, type Waiting, wait, waitingOf } from "./kept";

export type Sent<T> = { state: "arrived"; answer: T } | { state: "waiting" };

const listeners = new Set<() => void>();

export function onQueue(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

const tellAll = (): void => {
  for (const tell of listeners) tell();
};

/** Sends an entry now, or keeps it until the server is reached. Throws what the server refuses. */
export async function sendOrWait<T>(owner: string, path: string, body: unknown): Promise<Sent<T>> {
  const entry: Waiting = { key: crypto.randomUUID(), owner, path, body, madeAt: new Date().toISOString() };
  // Kept before it is sent: a tab that is closed in between loses nothing.
  await wait(entry);
  tellAll();
  try {
    const answer = await send<T>("POST", path, body, { key: entry.key });
    await arrived(entry.key);
    tellAll();
    return { state: "arrived", answer };
  } catch (error) {
    if (mayComeLater(error)) return { state: "waiting" };
    await arrived(entry.key);
    tellAll();
    throw error;
  }
}

export const mayComeLater = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof Problem && [401, 408, 425, 429, 502, 503, 504].includes(error.status));

let draining: Promise<number> | null = null;

/** Sends what waits, oldest first, one at a time; answers how many arrived. */
export function drain(owner: string): Promise<number> {
  draining ??= drainOnce(owner).finally(() => {
    draining = null;
    tellAll();
  });
  return draining;
}

async function drainOnce(owner: string): Promise<number> {
  let count = 0;
  for (const entry of await waitingOf(owner)) {
    if (entry.refused) continue;
    try {
      await send("POST", entry.path, entry.body, { key: entry.key });
      await arrived(entry.key);
      count += 1;
    } catch (error) {
      if (mayComeLater(error)) break;
      await wait({ ...entry, refused: error instanceof Error ? error.message : String(error) });
    }
  }
  return count;
}
