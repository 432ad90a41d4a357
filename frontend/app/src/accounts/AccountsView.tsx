import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Failure, Shown } from "../marks/States";
import { type Account, api } from "../server/api";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

const ROLES = ["observer", "liaison", "analyst", "monitor", "administrator"] as const;

export default function AccountsView(): ReactNode {
  const { say } = useWords();
  const { may } = useHere();
  const query = useQuery({ queryKey: ["accounts"], queryFn: api.accounts, enabled: may("accounts") });
  if (!may("accounts")) return <Failure error={new Error(say("app-not-allowed"))} />;
  return (
    <div className="accounts">
      <h1>{say("app-view-accounts")}</h1>
      <NewAccount />
      <Shown query={query}>{({ items }) => <List accounts={items} />}</Shown>
      <Readings />
    </div>
  );
}

function NewAccount(): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const client = useQueryClient();
  const [role, setRole] = useState<string>("monitor");
  const [failed, setFailed] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    setFailed(null);
    setTold(null);
    try {
      const made = await api.makeAccount({
        name: String(given.get("name")),
        role,
        password: String(given.get("password")),
        ...(role === "liaison" ? { party: String(given.get("party")) } : {}),
      });
      setTold(say("app-account-made", { name: made.name }));
      form.reset();
      await client.invalidateQueries({ queryKey: ["accounts"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className="card">
      <h2>{say("app-account-new")}</h2>
      <form className="form form-line" onSubmit={submit} autoComplete="off">
        <label>
          {say("app-sign-in-name")}
          <input name="name" required dir="auto" />
        </label>
        <label>
          {say("app-role")}
          <select value={role} onChange={(event) => setRole(event.target.value)}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {say(`app-role-${one}`)}
              </option>
            ))}
          </select>
        </label>
        {role === "liaison" && (
          <label>
            {say("app-party")}
            <select name="party" required>
              {workspace.parties.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameIn(one.names, language)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {say("app-first-password")}
          <input
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            dir="ltr"
          />
        </label>
        <button type="submit" className="primary">
          {say("app-account-make")}
        </button>
      </form>
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      {told && <p role="status">{told}</p>}
    </section>
  );
}

function List({ accounts }: { accounts: readonly Account[] }): ReactNode {
  const { say, formats, language } = useWords();
  const { workspace, session } = useHere();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const change = async (one: Account, what: object): Promise<void> => {
    setFailed(null);
    try {
      await api.changeAccount(one.id, what);
      await client.invalidateQueries({ queryKey: ["accounts"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className="strips-scroll">
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      <table>
        <caption>{say("app-view-accounts")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("app-sign-in-name")}</th>
            <th scope="col">{say("app-role")}</th>
            <th scope="col">{say("app-second-factor")}</th>
            <th scope="col">{say("app-account-since")}</th>
            <th scope="col">{say("app-acts")}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <bdi>{one.name}</bdi>
              </th>
              <td>
                {say(`app-role-${one.role}`)}
                {one.party &&
                  ` · ${nameIn(workspace.parties.find((party) => party.id === one.party)?.names, language)}`}
              </td>
              <td>{say(one.second_factor ? "app-yes" : "app-no")}</td>
              <td>{formats.shortDay(one.created_at)}</td>
              <td>
                <div className="buttons">
                  {one.id !== session.user?.id && (
                    <button type="button" onClick={() => void change(one, { ended: one.ended_at === null })}>
                      {say(one.ended_at === null ? "app-account-end" : "app-account-reopen")}
                    </button>
                  )}
                  {one.second_factor && (
                    <button type="button" onClick={() => void change(one, { second_factor: false })}>
                      {say("app-second-factor-off")}
                    </button>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Readings(): ReactNode {
  const { say, formats } = useWords();
  const { may } = useHere();
  const query = useQuery({ queryKey: ["readings"], queryFn: api.readings, enabled: may("readings_log") });
  if (!may("readings_log")) return null;
  return (
    <details className="card">
      <summary>{say("app-readings-log")}</summary>
      <Shown query={query}>
        {({ items }) => (
          <ul className="reports">
            {items.map((one) => (
              <li key={one.seq} className="report">
                {formats.moment(one.at)} · <bdi>{one.name ?? "–"}</bdi> · {one.kinds.join(", ")} ·{" "}
                <code dir="ltr">{one.what}</code>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </details>
  );
}
