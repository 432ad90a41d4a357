import { type FormEvent, type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { api } from "../server/api";
import { Problem } from "../server/http";
import { useBeginAnew, useHere } from "../server/session";
import { useWords } from "../words/Words";
import { CodeField } from "./CodeField";
import { Modal } from "./Modal";
import { OwnSessions } from "./OwnSessions";
import { QrCode } from "./QrCode";

/** One's own password and one-time codes. After either change all sessions end, and one signs in again. */
export function OwnAccount({ close }: { close(): void }): ReactNode {
  const { say } = useWords();
  return (
    <Modal title={say("app-own-account")} close={close}>
      <Password />
      <SecondFactor />
      <OwnSessions />
    </Modal>
  );
}

/** Sends something; a refusal with the code `wrong` is told in these words. */
function useSending(
  wrong: string,
  told: string,
): { failed: string | null; send(act: () => Promise<void>): Promise<void> } {
  const { say } = useWords();
  const [failed, setFailed] = useState<string | null>(null);
  return {
    failed,
    send: async (act) => {
      setFailed(null);
      try {
        await act();
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        setFailed(error instanceof Problem && error.code === wrong ? say(told) : words);
      }
    },
  };
}

function Password(): ReactNode {
  const { say } = useWords();
  const { failed, send } = useSending("not-signed-in", "app-password-old-wrong");
  const beginAnew = useBeginAnew();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    void send(async () => {
      await api.changePassword(String(given.get("old")), String(given.get("new")));
      await beginAnew();
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
  const { failed, send } = useSending("invalid-input", "app-sign-in-code-wrong");
  const beginAnew = useBeginAnew();
  const [secret, setSecret] = useState<{ secret: string; address: string } | null>(null);
  if (session.user?.second_factor) return <p>{say("app-codes-asked")}</p>;
  const confirm = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    void send(async () => {
      await api.confirmCode(code);
      await beginAnew();
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
          <CodeField />
          <button type="submit">{say("app-codes-confirm")}</button>
        </form>
      )}
      <Outcome failed={failed} />
    </section>
  );
}
