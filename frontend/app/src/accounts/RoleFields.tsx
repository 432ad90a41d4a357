import { type ReactNode, useState } from "react";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

export const ROLES = ["observer", "liaison", "analyst", "monitor", "administrator"] as const;

/** What the form holds of `RoleFields`: only a liaison has a party. */
export const roleOf = (given: FormData): { role: string; party?: string } => {
  const role = String(given.get("role"));
  return role === "liaison" ? { role, party: String(given.get("party")) } : { role };
};

/** A role, and the party that a liaison speaks for. */
export function RoleFields({ first, party }: { first: string; party?: string | null }): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const [chosen, setChosen] = useState(first);
  return (
    <>
      <label>
        {say("app-role")}
        <select name="role" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {say(`app-role-${one}`)}
            </option>
          ))}
        </select>
      </label>
      {chosen === "liaison" && (
        <label>
          {say("app-party")}
          <select name="party" required defaultValue={party ?? undefined}>
            {workspace.parties.map((one) => (
              <option key={one.id} value={one.id}>
                {nameIn(one.names, language)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
