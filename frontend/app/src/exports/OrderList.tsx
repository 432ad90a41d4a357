import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { to } from "../address/useAddress";
import { Outcome } from "../marks/Outcome";
import { api, type Order } from "../server/api";
import { renew } from "../server/renew";
import { languageOf, OWN_NAMES } from "../words/languages";
import { useWords } from "../words/Words";

const MARK = {
  waiting: "st-not_due",
  making: "st-in_progress",
  ready: "st-met",
  failed: "st-overdue",
} as const;

export function OrderList({ orders }: { orders: readonly Order[] }): ReactNode {
  const { say } = useWords();
  return (
    <section aria-live="polite">
      <h2>{say("app-orders")}</h2>
      {orders.length === 0 && <p className="state">{say("app-no-orders")}</p>}
      <ul className="cards">
        {orders.map((one) => (
          <OrderCard key={one.id} order={one} />
        ))}
      </ul>
    </section>
  );
}

function OrderCard({ order }: { order: Order }): ReactNode {
  const { say, formats } = useWords();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const { made } = order;
  const language = languageOf(order.language);
  const remove = async (): Promise<void> => {
    setFailed(null);
    try {
      await api.dropOrder(order.id);
      await renew(client, { queryKey: ["exports"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  const under = order.state === "waiting" || order.state === "making";
  return (
    <li className="card">
      <p className="card-head">
        <b>
          {say(`app-order-${order.what}`)} · {say(`app-format-${order.format}`)}
        </b>
        <span className={`badge ${MARK[order.state]}`}>{say(`app-order-state-${order.state}`)}</span>
      </p>
      <p className="quiet-text">
        {say(`app-edition-${order.edition}`)}
        {order.what === "report" && ` · ${say(`app-period-${order.period}`)}`}
        {order.what === "report" && language && (
          <>
            {" · "}
            <span lang={language}>{OWN_NAMES[language]}</span>
          </>
        )}
        {order.layers.map((one) => ` · ${say(`app-export-${one}`)}`)}
        {" · "}
        {formats.moment(order.asked_at)}
      </p>
      {under && (
        <p>
          <progress aria-label={say(`app-order-step-${order.step ?? "waiting"}`)} />{" "}
          {say(`app-order-step-${order.step ?? "waiting"}`)}
        </p>
      )}
      {order.failed && <p className="form-error">{String(order.failed.detail ?? order.failed.code)}</p>}
      {order.state === "ready" && made && (
        <>
          <p>
            <a className="button" href={api.orderFile(order.id)} download={made.file ?? true}>
              {say("app-order-fetch")}
            </a>{" "}
            <bdi dir="ltr">{made.file}</bdi> ·{" "}
            {say("app-kilobytes", { size: kilobytes(made.bytes ?? 0, formats) })}
          </p>
          {made.as_of && made.known_at && (
            <p className="quiet-text">
              {say("app-order-of", {
                asOf: formats.moment(made.as_of),
                knownAt: formats.moment(made.known_at),
              })}
            </p>
          )}
          {made.publication && (
            <p>
              {say("app-order-published")} <a href={to("log", made.publication)}>{made.publication}</a>
            </p>
          )}
          <details>
            <summary>SHA-256</summary>
            <code>{made.sha256}</code>
          </details>
        </>
      )}
      <div className="buttons">
        <button type="button" onClick={() => void remove()}>
          {say(under ? "app-order-cancel" : "app-order-remove")}
        </button>
        {order.expires_at && order.state === "ready" && (
          <span className="quiet-text">
            {say("app-order-until", { time: formats.time(order.expires_at) })}
          </span>
        )}
      </div>
      <Outcome failed={failed} />
    </li>
  );
}

const kilobytes = (bytes: number, formats: { number(value: number, digits?: number): string }): string =>
  formats.number(bytes / 1000, bytes < 100_000 ? 1 : 0);
