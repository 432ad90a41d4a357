import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo } from "react";
import { Failure, Loading } from "../marks/States";
import { forgetAnswers } from "../offline/register";
import { holdKey } from "../signing/held-key";
import { useWords } from "../words/Words";
import { api, type Session, type WorkspaceInfo } from "./api";
import { setCsrf, whenUnsigned } from "./http";

interface Here {
  session: Session;
  workspace: WorkspaceInfo;
  /** Whether the role may do this, or see it; names as in the permission matrix. */
  may(permission: string): boolean;
  owner: string;
}

const Context = createContext<Here | null>(null);

export function useHere(): Here {
  const here = useContext(Context);
  if (!here) throw new Error("the session is used outside of its provider");
  return here;
}

const SESSION = queryOptions({ queryKey: ["session"], queryFn: api.session, staleTime: 300_000 });

let early: Promise<WorkspaceInfo> | null = null;

/** Asks at once what every view needs, before the words are there: none of it depends on another. */
export function askEarly(client: QueryClient): void {
  void client.prefetchQuery(SESSION);
  early = api.workspace();
  early.catch(() => {});
}

/** The workspace as whoever the cookie names sees it: what was asked early is of the same, and used once. */
function workspaceNow(): Promise<WorkspaceInfo> {
  const asked = early ?? api.workspace();
  early = null;
  return asked;
}

/**
 * After all sessions of the own account have ended: nothing of what was read stays, and the page asks anew as
 * whoever it is now. The page itself stays: one that loads anew takes away what was typed into it meanwhile.
 */
export function useBeginAnew(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await forgetAnswers();
    await client.resetQueries();
  }, [client]);
}

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const { setTimeZone } = useWords();
  const client = useQueryClient();
  const session = useQuery(SESSION);
  const who = session.data?.user?.id ?? session.data?.user?.name ?? "";
  const workspace = useQuery({
    queryKey: ["workspace", who],
    queryFn: workspaceNow,
    enabled: session.data !== undefined,
  });

  useEffect(() => whenUnsigned(() => void client.invalidateQueries({ queryKey: ["session"] })), [client]);
  // A key is held for as long as the same person is signed in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever signs in next begins without it
  useEffect(() => () => holdKey(null), [who]);
  useEffect(() => {
    if (session.data) setCsrf(session.data.csrf ?? "");
  }, [session.data]);
  useEffect(() => {
    if (workspace.data) setTimeZone(workspace.data.time_zone);
  }, [workspace.data, setTimeZone]);

  const here = useMemo<Here | null>(
    () =>
      session.data && workspace.data
        ? {
            session: session.data,
            workspace: workspace.data,
            may: (permission) => !["none", "-", "–", undefined].includes(session.data.can[permission]),
            owner: who || "public",
          }
        : null,
    [session.data, workspace.data, who],
  );
  if (here) return <Context.Provider value={here}>{children}</Context.Provider>;
  const failed = session.error ?? workspace.error;
  if (failed) return <Failure error={failed} retry={() => (session.error ? session : workspace).refetch()} />;
  return <Loading />;
}
