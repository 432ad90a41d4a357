// What the browser keeps for work without a connection: drafts, and entries that wait to be sent.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface Waiting {
  /** The Idempotency-Key: the server takes an entry with one key once, however often it arrives. */
  key: string;
  owner: string;
  path: string;
  body: unknown;
  madeAt: string;
  /** Why the server refused it; an entry that was refused is not sent again by itself. */
  refused?: string;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: { id: string; owner: string; savedAt: string; values: unknown } };
  waiting: { key: string; value: Waiting };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

const database = (): Promise<IDBPDatabase<Schema>> => {
  opened ??= openDB<Schema>("truceline", 1, {
    upgrade(made) {
      made.createObjectStore("drafts", { keyPath: "id" });
      made.createObjectStore("waiting", { keyPath: "key" });
    },
  });
  return opened;
};

const draftId = (name: string, owner: string): string => `${owner}/${name}`;

export async function saveDraft(name: string, owner: string, values: unknown): Promise<void> {
  await (await database()).put("drafts", {
    id: draftId(name, owner),
    owner,
    savedAt: new Date().toISOString(),
    values,
  });
}

export async function readDraft(
  name: string,
  owner: string,
): Promise<{ savedAt: string; values: unknown } | null> {
  return (await (await database()).get("drafts", draftId(name, owner))) ?? null;
}

export async function dropDraft(name: string, owner: string): Promise<void> {
  await (await database()).delete("drafts", draftId(name, owner));
}

export async function wait(entry: Waiting): Promise<void> {
  await (await database()).put("waiting", entry);
}

export async function waitingOf(owner: string): Promise<Waiting[]> {
  const all = await (await database()).getAll("waiting");
  return all
    .filter((one) => one.owner === owner)
    .sort((one, other) => one.madeAt.localeCompare(other.madeAt));
}

export async function arrived(key: string): Promise<void> {
  await (await database()).delete("waiting", key);
}
