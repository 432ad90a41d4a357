import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { V1 } from "./api";
import { renew } from "./renew";
import type { Status } from "./types";

export interface Alert {
  id: string;
  obligation: string;
  before: Status;
  after: Status;
  at: string;
}

interface StatusEvent {
  obligation: string;
  before: Status;
  after: Status;
  at: string;
}

const KEPT_ALERTS = 5;
const HEAD_ONLY = ["session"];

/** Live changes: what the server tells, and everything that was read is read again when the record grew. */
export function useEvents(): { alerts: readonly Alert[]; dismiss(id: string): void; connected: boolean } {
  const client = useQueryClient();
  const [alerts, setAlerts] = useState<readonly Alert[]>([]);
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    const source = new EventSource(`${V1}/events`);
    const readAnew = (): void => {
      void renew(client, { predicate: (query) => !HEAD_ONLY.includes(String(query.queryKey[0])) });
    };
    const onStatus = (event: MessageEvent<string>): void => {
      const told = JSON.parse(event.data) as StatusEvent;
      const alert: Alert = {
        id: crypto.randomUUID(),
        obligation: told.obligation,
        before: told.before,
        after: told.after,
        at: told.at,
      };
      setAlerts((before) => [alert, ...before].slice(0, KEPT_ALERTS));
    };
    source.addEventListener("open", () => setConnected(true));
    source.addEventListener("error", () => setConnected(false));
    source.addEventListener("status", onStatus as EventListener);
    source.addEventListener("log", readAnew);
    source.addEventListener("order", () => void renew(client, { queryKey: ["exports"] }));
    source.addEventListener("order", () => void renew(client, { queryKey: ["drafts"] }));
    return () => source.close();
  }, [client]);

  const dismiss = useCallback((id: string) => setAlerts((all) => all.filter((one) => one.id !== id)), []);
  return { alerts, dismiss, connected };
}
