import { useCallback, useMemo, useSyncExternalStore } from "react";
import {
  addressOf,
  type Keys,
  type Place,
  readKeys,
  readPath,
  SHARED,
  type Values,
  type ViewName,
  writeKeys,
} from "./address";

const listeners = new Set<() => void>();

const changed = (): void => {
  for (const tell of listeners) tell();
};

function subscribe(tell: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", changed);
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
    if (listeners.size === 0) window.removeEventListener("popstate", changed);
  };
}

const now = (): string => window.location.pathname + window.location.search;

export function go(address: string, { replace = false } = {}): void {
  if (address === now()) return;
  window.history[replace ? "replaceState" : "pushState"](null, "", address);
  changed();
}

const currentQuery = (): URLSearchParams => new URLSearchParams(window.location.search);

/** The address of a view with the shared keys of the present one, for links. */
export const to = (view: ViewName, thing = "", more: Record<string, string> = {}): string =>
  addressOf({ view, thing }, currentQuery(), more);

export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, now);
  return useMemo(() => readPath(address.split("?")[0] ?? ""), [address]);
}

type Put<K extends Keys> = (values: Partial<Values<K>>, how?: { push?: boolean }) => void;

/** The declared keys as values, and a way to change some; a change replaces the address unless `push`. */
export function useKeys<K extends Keys>(keys: K): [Values<K>, Put<K>] {
  const address = useSyncExternalStore(subscribe, now);
  const values = useMemo(
    () => readKeys(keys, new URLSearchParams(address.split("?")[1] ?? "")),
    [address, keys],
  );
  const put = useCallback<Put<K>>(
    (given, how) => {
      const query = writeKeys(keys, currentQuery(), given).toString();
      go(window.location.pathname + (query ? `?${query}` : ""), { replace: how?.push !== true });
    },
    [keys],
  );
  return [values, put];
}

export const useShared = (): [Values<typeof SHARED>, Put<typeof SHARED>] => useKeys(SHARED);

/** A link's click inside the application: the address changes, the page does not load anew. */
export function follow(event: React.MouseEvent<HTMLElement>): void {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return;
  const link = (event.target as Element).closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== window.location.origin) return;
  if (link.hash && link.pathname === window.location.pathname) return;
  if (link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(link.pathname + link.search);
  document.getElementById("main")?.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}
