import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Proposal } from "../server/api";
import { renew } from "../server/renew";
import { useHeldKey } from "../signing/held-key";
import { signText } from "../signing/party-key";
import { useWords } from "../words/Words";

export type Act = "propose" | "consent" | "object" | "withdraw";

/** What a party does: the server writes the text, the party's browser signs it, the server records both. */
export function useStep(): {
  act(what: { act: Act; group?: string; subject?: string; proposal?: string }): Promise<boolean>;
  failed: string | null;
  busy: boolean;
} {
  const { say } = useWords();
  const client = useQueryClient();
  const key = useHeldKey();
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    failed,
    busy,
    act: async (what) => {
      setFailed(null);
      if (!key) {
        setFailed(say("app-key-missing"));
        return false;
      }
      setBusy(true);
      try {
        const prepared = await api.prepareStep(what);
        await api.signStep(prepared.content, await signText(key, prepared.content), key.public);
        await renew(client);
        return true;
      } catch (error) {
        setFailed(error instanceof Error ? error.message : String(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

/** What a party may do next on a proposal, from where it stands. */
export function stepsOf(proposal: Pick<Proposal, "consented_by" | "objected_by">, party: string): Act[] {
  if (proposal.objected_by.includes(party)) return ["consent"];
  return proposal.consented_by.includes(party) ? ["withdraw", "object"] : ["consent", "object"];
}
