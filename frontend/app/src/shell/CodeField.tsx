import type { ReactNode, Ref } from "react";
import { useWords } from "../words/Words";

/** Six digits of an authenticator application, which shows them as two threes. */
export function CodeField({ ref }: { ref?: Ref<HTMLInputElement> }): ReactNode {
  const { say } = useWords();
  return (
    <label>
      {say("app-sign-in-code")}
      <input
        ref={ref}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        dir="ltr"
        pattern="[0-9]{3} ?[0-9]{3}"
      />
    </label>
  );
}
