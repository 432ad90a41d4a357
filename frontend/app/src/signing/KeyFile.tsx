import { type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { Rejected } from "../proofs/bytes";
import { useWords } from "../words/Words";
import { holdKey, useHeldKey } from "./held-key";
import { isLocked, readKeyFile } from "./party-key";

/** Chooses the party's key file, and asks for its passphrase where it has one. */
export function KeyFile(): ReactNode {
  const { say } = useWords();
  const held = useHeldKey();
  const [locked, setLocked] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [failed, setFailed] = useState<string | null>(null);

  const open = async (pem: string, words = ""): Promise<void> => {
    setFailed(null);
    try {
      holdKey(await readKeyFile(pem, words));
      setLocked(null);
    } catch (error) {
      setFailed(say(error instanceof Rejected ? error.why : "app-key-form"));
    }
  };
  const choose = async (file: File | undefined): Promise<void> => {
    holdKey(null);
    setLocked(null);
    setFailed(null);
    if (!file) return;
    const pem = await file.text();
    if (isLocked(pem)) setLocked(pem);
    else await open(pem);
  };
  const unlock = (): void => {
    if (locked && passphrase) void open(locked, passphrase).then(() => setPassphrase(""));
  };
  return (
    <>
      <p>{say("app-key-hint")}</p>
      <div className="form form-line">
        <label>
          {say("app-key-file")}
          <input type="file" onChange={(event) => void choose(event.target.files?.[0])} />
        </label>
      </div>
      {locked && (
        // No form of its own: it also stands inside of the forms that it signs for.
        <div className="form form-line">
          <label>
            {say("app-key-passphrase")}
            <input
              type="password"
              autoComplete="off"
              dir="ltr"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                unlock();
              }}
            />
          </label>
          <button type="button" onClick={unlock} disabled={passphrase === ""}>
            {say("app-key-unlock")}
          </button>
        </div>
      )}
      <Outcome failed={failed} told={held ? say("app-key-held") : null} />
    </>
  );
}
