import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { api } from "../server/api";
import { Problem, Unreachable } from "../server/http";
import { useWords } from "../words/Words";
import { CodeField } from "./CodeField";
import { Modal } from "./Modal";

export function SignIn({ close }: { close(): void }): ReactNode {
  const { say } = useWords();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const [needsNew, setNeedsNew] = useState(false);
  const [busy, setBusy] = useState(false);
  const code = useRef<HTMLInputElement>(null);
  const fresh = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (needsCode) code.current?.focus();
  }, [needsCode]);
  useEffect(() => {
    if (needsNew) fresh.current?.focus();
  }, [needsNew]);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    setFailed(null);
    try {
      await api.signIn({
        name: String(given.get("name")),
        password: String(given.get("password")),
        ...(needsCode ? { code: String(given.get("code")) } : {}),
        ...(needsNew ? { new_password: String(given.get("new")) } : {}),
      });
      await client.resetQueries();
      close();
    } catch (error) {
      if (error instanceof Problem && error.code === "totp-required") setNeedsCode(true);
      else if (error instanceof Problem && error.code === "new-password-required") setNeedsNew(true);
      else if (error instanceof Problem && error.status === 400) setFailed(error.message);
      else if (error instanceof Problem && error.status === 429) setFailed(say("app-sign-in-wait"));
      else if (error instanceof Problem && error.status < 500)
        setFailed(say(needsCode ? "app-sign-in-code-wrong" : "app-sign-in-wrong"));
      else setFailed(error instanceof Unreachable ? say("app-unreachable") : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal title={say("app-sign-in")} close={close}>
      <form className="form" onSubmit={submit}>
        <label>
          {say("app-sign-in-name")}
          <input
            name="name"
            autoComplete="username"
            required
            readOnly={needsCode || needsNew}
            dir="auto"
            autoCapitalize="none"
            spellCheck={false}
          />
        </label>
        <label>
          {say("app-sign-in-password")}
          <input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            readOnly={needsCode || needsNew}
            dir="ltr"
          />
        </label>
        {needsCode && <CodeField ref={code} />}
        {needsNew && (
          <>
            <p className="note" role="status">
              {say("app-sign-in-first")}
            </p>
            <label>
              {say("app-sign-in-new-password")}
              <input
                ref={fresh}
                name="new"
                type="password"
                autoComplete="new-password"
                required
                minLength={12}
                dir="ltr"
              />
            </label>
          </>
        )}
        {failed && (
          <p className="form-error" role="alert">
            {failed}
          </p>
        )}
        <button type="submit" className="primary" disabled={busy}>
          {say("app-sign-in")}
        </button>
      </form>
    </Modal>
  );
}
