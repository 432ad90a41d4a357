import { useEffect, useState, useSyncExternalStore } from "react";
import { type Waiting, waitingOf } from "../offline/kept";
import { drain, onQueue } from "../offline/queue";

const subscribe = (tell: () => void): (() => void) => {
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
};

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

/** What waits to be sent; sends it whenever the connection is back, and now and then. */
export function useWaiting(owner: string): Waiting[] {
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const online = useOnline();
  useEffect(() => {
    let here = true;
    const read = (): void => {
      waitingOf(owner).then((all) => {
        if (here) setWaiting(all);
      });
    };
    read();
    const stop = onQueue(read);
    return () => {
      here = false;
      stop();
    };
  }, [owner]);
  useEffect(() => {
    if (!online || waiting.every((one) => one.refused)) return;
    void drain(owner);
    const again = setInterval(() => void drain(owner), 15_000);
    return () => clearInterval(again);
  }, [online, owner, waiting]);
  return waiting;
}
