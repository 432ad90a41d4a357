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

const underWay = new Set<string>();

/** Does something for an entry, unless this tab or another is at it: two at once would be refused. */
async function alone<T>(key: string, act: () => Promise<T>): Promise<T | undefined> {
  if (underWay.has(key)) return undefined;
  underWay.add(key);
  try {
    if (typeof navigator === "undefined" || !("locks" in navigator)) return await act();
    return await navigator.locks.request(`entry:${key}`, { ifAvailable: true }, (lock) =>
      lock ? act() : Promise.resolve(undefined),
    );
  } finally {
    underWay.delete(key);
  }
}

/** Sends an entry now, or keeps it until the server is reached. Throws what the server refuses. */
export async function sendOrWait<T>(owner: string, path: string, body: unknown): Promise<Sent<T>> {
  const entry: Waiting = { key: crypto.randomUUID(), owner, path, body, madeAt: new Date().toISOString() };
  const sent = await alone(entry.key, async (): Promise<Sent<T>> => {
    // Kept before it is sent: a tab that is closed in between loses nothing.
    await wait(entry);
    tellAll();
    try {
      const answer = await send<T>("POST", path, body, { key: entry.key });
      await arrived(entry.key);
      return { state: "arrived", answer };
    } catch (error) {
      if (mayComeLater(error)) return { state: "waiting" };
      await arrived(entry.key);
      throw error;
    }
  }).finally(tellAll);
  return sent ?? { state: "waiting" };
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
    const went = await alone(entry.key, () => sendKept(entry));
    if (went === "arrived") count += 1;
    if (went === "later") break;
  }
  return count;
}

async function sendKept(entry: Waiting): Promise<"arrived" | "later" | "refused"> {
  try {
    await send("POST", entry.path, entry.body, { key: entry.key });
    await arrived(entry.key);
    return "arrived";
  } catch (error) {
    if (mayComeLater(error)) return "later";
    await wait({ ...entry, refused: error instanceof Error ? error.message : String(error) });
    return "refused";
  }
}
