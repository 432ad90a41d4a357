import { type FormEvent, type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { Modal } from "./Modal";
import { QrCode } from "./QrCode";

/** One's own password and one-time codes. After either change all sessions end, and one signs in again. */
export function OwnAccount({ close }: { close(): void }): ReactNode {
  const { say } = useWords();
  return (
    <Modal title={say("app-own-account")} close={close}>
      <Password />
      <SecondFactor />
    </Modal>
  );
}

function useSending(): { failed: string | null; send(act: () => Promise<void>): Promise<void> } {
  const [failed, setFailed] = useState<string | null>(null);
  return {
    failed,
    send: async (act) => {
      setFailed(null);
      try {
        await act();
      } catch (error) {
        setFailed(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

// Every session has ended on the server: the page begins anew, so that nothing of the old one is left in it.
const beginAnew = (): void => window.location.reload();

function Password(): ReactNode {
  const { say } = useWords();
  const { failed, send } = useSending();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    void send(async () => {
      await api.changePassword(String(given.get("old")), String(given.get("new")));
      beginAnew();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <h3>{say("app-password-change")}</h3>
      <label>
        {say("app-password-old")}
        <input name="old" type="password" autoComplete="current-password" required dir="ltr" />
      </label>
      <label>
        {say("app-password-new")}
        <input name="new" type="password" autoComplete="new-password" required dir="ltr" />
      </label>
      <Outcome failed={failed} />
      <button type="submit">{say("app-password-change")}</button>
    </form>
  );
}

function SecondFactor(): ReactNode {
  const { say } = useWords();
  const { session } = useHere();
  const { failed, send } = useSending();
  const [secret, setSecret] = useState<{ secret: string; address: string } | null>(null);
  if (session.user?.second_factor) return <p>{say("app-codes-asked")}</p>;
  const confirm = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    void send(async () => {
      await api.confirmCode(code);
      beginAnew();
    });
  };
  return (
    <section className="form">
      <h3>{say("app-second-factor")}</h3>
      {!secret && (
        <button
          type="button"
          onClick={() =>
            void send(async () => {
              setSecret(await api.newSecret());
            })
          }
        >
          {say("app-codes-begin")}
        </button>
      )}
      {secret && (
        <form className="form" onSubmit={confirm}>
          <p>{say("app-codes-hint")}</p>
          <QrCode text={secret.address} label={say("app-codes-qr")} />
          <p>
            <code dir="ltr">{secret.secret}</code>
          </p>
          <p>
            <a href={secret.address}>{say("app-codes-open")}</a>
          </p>
          <label>
            {say("app-sign-in-code")}
            <input
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              dir="ltr"
              pattern="[0-9]{6}"
            />
          </label>
          <button type="submit">{say("app-codes-confirm")}</button>
        </form>
      )}
      <Outcome failed={failed} />
    </section>
  );
}
