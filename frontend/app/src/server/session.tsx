import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { Failure, Loading } from "../marks/States";
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

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const { setTimeZone } = useWords();
  const client = useQueryClient();
  const session = useQuery({ queryKey: ["session"], queryFn: api.session, staleTime: 300_000 });
  const who = session.data?.user?.id ?? session.data?.user?.name ?? "";
  const workspace = useQuery({
    queryKey: ["workspace", who],
    queryFn: api.workspace,
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
