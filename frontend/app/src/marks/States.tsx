// What a view shows while it has nothing to show: loading, empty, refused, out of reach.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem, Unreachable } from "../server/http";
import { useWords } from "../words/Words";

export function Failure({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const { say } = useWords();
  const what =
    error instanceof Unreachable
      ? say("app-unreachable")
      : error instanceof Problem && error.status === 403
        ? say("app-not-allowed")
        : error instanceof Error
          ? error.message
          : String(error);
  return (
    <div className="state state-error" role="alert">
      <p>{what}</p>
      {retry && (
        <button type="button" onClick={retry}>
          {say("app-retry")}
        </button>
      )}
    </div>
  );
}

export function Loading(): ReactNode {
  const { say } = useWords();
  return (
    <div className="state" role="status">
      <span className="spinner" aria-hidden="true" />
      {say("app-loading")}
    </div>
  );
}

export const Empty = ({ children }: { children: ReactNode }): ReactNode => (
  <p className="state">{children}</p>
);

/** Shows what a query brought, or why it brought nothing; what was brought before stays while it is renewed. */
export function Shown<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}): ReactNode {
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <Failure error={query.error} retry={() => query.refetch()} />}
        {children(query.data)}
      </>
    );
  if (query.isError) return <Failure error={query.error} retry={() => query.refetch()} />;
  return <Loading />;
}
