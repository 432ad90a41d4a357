import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";

interface Which {
  queryKey?: QueryKey;
  predicate?(query: Query): boolean;
}

/**
 * What was read is read again, because the record grew or may have.
 *
 * A first reading that is still under way may have begun before that: invalidating alone would wait for its
 * answer and take it for fresh. So it is given up, and begun anew.
 */
export async function renew(client: QueryClient, which: Which = {}): Promise<void> {
  await client.cancelQueries({
    ...which,
    predicate: (query) => query.state.data === undefined && (which.predicate?.(query) ?? true),
  });
  await client.invalidateQueries(which);
}
