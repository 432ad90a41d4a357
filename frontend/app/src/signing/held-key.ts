// The party's key, in this page's memory while it is open and somebody of the party is signed in; nowhere else.
import { useSyncExternalStore } from "react";
import type { PartyKey } from "./party-key";

let held: PartyKey | null = null;
const listeners = new Set<() => void>();

export function holdKey(key: PartyKey | null): void {
  held = key;
  for (const tell of listeners) tell();
}

export function useHeldKey(): PartyKey | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => held,
  );
}
