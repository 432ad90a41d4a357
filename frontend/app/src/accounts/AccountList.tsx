import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { type Account, type AccountPage, api } from "../server/api";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { RoleFields, roleOf } from "./RoleFields";

/** All accounts, those that ended too, and what an administrator may change of each. */
export function AccountList({ accounts }: { accounts: readonly Account[] }): ReactNode {
  const { say } = useWords();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const change = async (one: Account, what: object): Promise<boolean> => {
    setFailed(null);
    try {
      const now = await api.changeAccount(one.id, what);
      // What the server made of it stands in the list at once.
      client.setQueryData<AccountPage>(["accounts"], (page) =>
        page ? { ...page, items: page.items.map((other) => (other.id === now.id ? now : other)) } : page,
      );
      return true;
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  return (
    <section className="strips-scroll">
      <Outcome failed={failed} />
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
            <AccountRow key={one.id} one={one} change={(what) => change(one, what)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AccountRow({ one, change }: { one: Account; change(what: object): Promise<boolean> }): ReactNode {
  const { say, formats, language } = useWords();
  const { workspace, session } = useHere();
  const [editing, setEditing] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (await change(roleOf(new FormData(event.currentTarget)))) setEditing(false);
  };
  return (
    <tr>
      <th scope="row">
        <bdi>{one.name}</bdi>
      </th>
      <td>
        {editing ? (
          <form className="form" onSubmit={submit}>
            <RoleFields first={one.role} party={one.party} />
            <p className="quiet-text">{say("app-role-change-hint")}</p>
            <div className="buttons">
              <button type="submit" className="primary">
                {say("app-role-change")}
              </button>
              <button type="button" onClick={() => setEditing(false)}>
                {say("app-cancel")}
              </button>
            </div>
          </form>
        ) : (
          <>
            {say(`app-role-${one.role}`)}
            {one.party &&
              ` · ${nameIn(workspace.parties.find((party) => party.id === one.party)?.names, language)}`}
          </>
        )}
      </td>
      <td>{say(one.second_factor ? "app-yes" : "app-no")}</td>
      <td>{formats.shortDay(one.created_at)}</td>
      <td>
        <div className="buttons">
          {one.id !== session.user?.id && (
            <>
              {!editing && (
                <button type="button" onClick={() => setEditing(true)}>
                  {say("app-role-change")}
                </button>
              )}
              <button type="button" onClick={() => void change({ ended: one.ended_at === null })}>
                {say(one.ended_at === null ? "app-account-end" : "app-account-reopen")}
              </button>
            </>
          )}
          {one.second_factor && (
            <button type="button" onClick={() => void change({ second_factor: false })}>
              {say("app-second-factor-off")}
            </button>
          )}
        </div>
      </td>
    </tr>
  );
}
