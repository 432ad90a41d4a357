import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Shown } from "../marks/States";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { OrderForm } from "./OrderForm";
import { OrderList } from "./OrderList";
import { keptOrders } from "./own-orders";

const AGAIN_MS = 1500;

/** Data and reports as files: what is wanted is ordered, made on the server's side, and fetched here. */
export default function ExportsView(): ReactNode {
  const { say } = useWords();
  const { session } = useHere();
  const query = useQuery({
    queryKey: ["exports", session.user?.id],
    queryFn: () => api.orders(session.user ? [] : keptOrders()),
    // The server tells what becomes of an account's orders; the public asks.
    refetchInterval: (asked) =>
      asked.state.data?.items.some((one) => one.state === "waiting" || one.state === "making")
        ? AGAIN_MS
        : false,
  });
  return (
    <div className="exports">
      <h1>{say("app-view-exports")}</h1>
      <p className="lede">{say("app-exports-lede")}</p>
      <Shown query={query}>
        {(all) => (
          <>
            <OrderForm may={all} />
            <OrderList orders={all.items} />
          </>
        )}
      </Shown>
    </div>
  );
}
