import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "../words/Words";
import { useHeldKey } from "./held-key";
import { KeyFile } from "./KeyFile";
import { type PartyKey, signText } from "./party-key";

const NAME = "sign";

/** Inside of a form: whether what it says is signed with the party's key, which is chosen here where none is held. */
export function SignWithKey(): ReactNode {
  const { say } = useWords();
  const key = useHeldKey();
  const box = useRef<HTMLInputElement>(null);
  const [signs, setSigns] = useState(false);
  // A form that is emptied unticks the box itself.
  useEffect(() => {
    const form = box.current?.form;
    const untick = (): void => setSigns(false);
    form?.addEventListener("reset", untick);
    return () => form?.removeEventListener("reset", untick);
  }, []);
  return (
    <>
      <label className="check">
        <input
          ref={box}
          type="checkbox"
          name={NAME}
          checked={signs}
          onChange={(event) => setSigns(event.target.checked)}
        />
        {say("app-sign-with-key")}
      </label>
      {signs && !key && <KeyFile />}
      {signs && key && <p role="status">{say("app-key-held")}</p>}
    </>
  );
}

/** Whether the form asks for a signature. */
export const isSigned = (given: FormData): boolean => given.get(NAME) !== null;

/** What was prepared, with the key's signature over it. */
export async function signedWith(key: PartyKey, content: string): Promise<object> {
  return { content, signature: await signText(key, content), public_key: key.public };
}
