import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo } from "react";
import { useEntry } from "../offline/useEntry";
import { type DraftAnswer, paths } from "../server/api";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useWaiting } from "../shell/useOnline";

export interface Said {
  act: string;
  target: string;
  changes?: Record<string, unknown>;
  parts?: { section: string; id: string; value: Record<string, unknown> | null }[];
  note?: string;
}

export interface Decisions {
  draft: DraftAnswer;
  /** Records a decision, or keeps it until there is a connection; false where it was refused. */
  decide(said: Said): Promise<boolean>;
  /** The act of a decision on a target that waits to be sent. */
  waiting(target: string): string | null;
  failed: string | null;
  busy: boolean;
}

export const DecisionsContext = createContext<Decisions | null>(null);

export function useDecisions(): Decisions {
  const found = useContext(DecisionsContext);
  if (!found) throw new Error("decisions are used outside of a draft");
  return found;
}

export function useDeciding(draft: DraftAnswer): Decisions {
  const { owner } = useHere();
  const client = useQueryClient();
  const { enter, failed, busy } = useEntry();
  const all = useWaiting(owner);
  const path = paths.decisions(draft.id);
  const waits = useMemo(
    () =>
      new Map(
        all
          .filter((one) => one.path === path && !one.refused)
          .map((one) => one.body as Said)
          .map((said) => [said.target, said.act]),
      ),
    [all, path],
  );
  // What waited has arrived: what it left is read anew.
  const count = waits.size;
  useEffect(() => {
    if (count === 0) void renew(client, { queryKey: ["drafts", draft.id] });
  }, [count, client, draft.id]);
  return {
    draft,
    failed,
    busy,
    waiting: (target) => waits.get(target) ?? null,
    decide: async (said) => {
      const last = draft.history.filter((one) => one.target === said.target).at(-1);
      return (await enter(path, { changes: {}, parts: [], ...said, seen: last?.seq ?? 0 })) !== null;
    },
  };
}
