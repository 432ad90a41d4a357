import type { ReactNode } from "react";
import { useWords } from "../words/Words";
import { claimOf, likelihood } from "./probability";

/** A probability as a bar, a figure and words: never one without the others. */
export function Probability({ p, proposition }: { p: number; proposition: string }): ReactNode {
  const { say, formats } = useWords();
  return (
    <span className="probability">
      <meter min={0} max={1} value={p} aria-hidden="true" />
      <b>{formats.percent(p)}</b> <span>{say(claimOf(proposition), { likelihood: say(likelihood(p)) })}</span>
    </span>
  );
}
