import { useCallback } from "react";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { useHere } from "./session";

/** What a party is called in the reader's language. */
export function usePartyName(): (id: string) => string {
  const { language } = useWords();
  const { workspace } = useHere();
  return useCallback(
    (id) => nameIn(workspace.parties.find((one) => one.id === id)?.names, language) || id,
    [workspace, language],
  );
}

/** What an obligation is called; a part of one, `provision/party`, with the party or class that it is about. */
export function useObligationName(): (id: string) => string {
  const { language } = useWords();
  const { workspace } = useHere();
  const partyName = usePartyName();
  return useCallback(
    (id) => {
      const [provision = "", ...parts] = id.split("/");
      const title =
        nameIn(workspace.provisions.find((one) => one.id === provision)?.title, language) || provision;
      return [title, ...parts.map((one) => partyName(one).replaceAll("_", " "))].join(" · ");
    },
    [workspace, language, partyName],
  );
}
