import { type FormEvent, type ReactNode, useState } from "react";
import { Outcome } from "../marks/Outcome";
import { useEntry } from "../offline/useEntry";
import { paths } from "../server/api";
import { useWords } from "../words/Words";

interface Given {
  title: string;
  /** The body of the entry, from what the form holds. */
  bodyOf(given: FormData): object | Promise<object>;
  children?: ReactNode;
}

/** One act on what is recorded, with its reason; recorded beside it, nothing is edited. */
export function Act({ title, bodyOf, children }: Given): ReactNode {
  const { say } = useWords();
  const { enter, told, failed, busy } = useEntry();
  const [unready, setUnready] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    setUnready(null);
    let body: object;
    try {
      body = await bodyOf(new FormData(form));
    } catch (error) {
      setUnready(error instanceof Error ? error.message : String(error));
      return;
    }
    if (await enter(paths.corrections, body)) form.reset();
  };
  return (
    <details className="act">
      <summary>{title}</summary>
      <form className="form" onSubmit={submit}>
        {children}
        <label>
          {say("app-reason")}
          <textarea name="reason" required rows={3} dir="auto" />
        </label>
        <Outcome failed={unready ?? failed} told={told} />
        <button type="submit" disabled={busy}>
          {say("app-record")}
        </button>
      </form>
    </details>
  );
}
