import { type FormEvent, type ReactNode, useState } from "react";
import { go, to } from "../address/useAddress";
import { useWords } from "../words/Words";
import { Explain } from "./Explain";

export function ExplainView({ thing }: { thing: string }): ReactNode {
  const { say } = useWords();
  const [asked, setAsked] = useState("");
  if (thing) return <Explain id={thing} page />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (asked.trim()) go(to("explain", asked.trim()));
  };
  return (
    <section>
      <h1>{say("app-view-explain")}</h1>
      <form className="form" onSubmit={submit}>
        <label>
          {say("app-explain-ask")}
          <input value={asked} onChange={(event) => setAsked(event.target.value)} dir="ltr" />
        </label>
        <button type="submit" className="primary">
          {say("app-view-explain")}
        </button>
      </form>
    </section>
  );
}
