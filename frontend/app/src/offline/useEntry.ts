import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { type Sent, sendOrWait } from "./queue";

/** What a form does with an entry: sends it or keeps it until there is a connection, and says which. */
export function useEntry(): {
  enter<T>(path: string, body: unknown): Promise<Sent<T> | null>;
  told: string | null;
  failed: string | null;
  busy: boolean;
} {
  const { say } = useWords();
  const { owner } = useHere();
  const client = useQueryClient();
  const [told, setTold] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    told,
    failed,
    busy,
    enter: async <T>(path: string, body: unknown) => {
      setTold(null);
      setFailed(null);
      setBusy(true);
      try {
        const sent = await sendOrWait<T>(owner, path, body);
        setTold(say(sent.state === "arrived" ? "app-recorded-now" : "app-kept-until-online"));
        await renew(client);
        return sent;
      } catch (error) {
        setFailed(error instanceof Error ? error.message : String(error));
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
