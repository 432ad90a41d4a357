import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { Failure, Shown } from "../marks/States";
import { api } from "../server/api";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { AccountList } from "./AccountList";
import { RoleFields, roleOf } from "./RoleFields";
import { SignIns } from "./SignIns";

export default function AccountsView(): ReactNode {
  const { say } = useWords();
  const { may } = useHere();
  const query = useQuery({ queryKey: ["accounts"], queryFn: api.accounts, enabled: may("accounts") });
  const title = <h1>{say("app-view-accounts")}</h1>;
  if (!may("accounts"))
    return (
      <div className="accounts">
        {title}
        <Failure error={new Error(say("app-not-allowed"))} />
      </div>
    );
  return (
    <div className="accounts">
      {title}
      <NewAccount />
      <Shown query={query}>{({ items }) => <AccountList accounts={items} />}</Shown>
      <SignIns />
      <Readings />
    </div>
  );
}

function NewAccount(): ReactNode {
  const { say } = useWords();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [made, setMade] = useState(0);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    setFailed(null);
    setTold(null);
    try {
      const { name } = await api.makeAccount({
        name: String(given.get("name")),
        password: String(given.get("password")),
        ...roleOf(given),
      });
      setTold(say("app-account-made", { name }));
      form.reset();
      setMade((count) => count + 1);
      await renew(client, { queryKey: ["accounts"] });
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
        {/* Made anew with every account: emptying the form would show another role than the one it holds. */}
        <RoleFields key={made} first="monitor" />
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
      <Outcome failed={failed} told={told} />
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
