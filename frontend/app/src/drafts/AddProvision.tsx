import { type ReactNode, useState } from "react";
import { useWords } from "../words/Words";
import { CorrectForm } from "./CorrectForm";
import type { DraftAccord, Piece } from "./shape";
import { useDecisions } from "./useDecisions";

/** A provision that the draft missed, with the sentence's own words. */
export function AddProvision({ piece, accord }: { piece: Piece; accord: DraftAccord }): ReactNode {
  const { say } = useWords();
  const { draft } = useDecisions();
  const [open, setOpen] = useState(false);
  const taken = new Set([...Object.keys(draft.drafted), ...accord.provisions.map((one) => one.id)]);
  let number = 1;
  while (taken.has(`added-${piece.start}-${number}`)) number += 1;
  const source = accordSource(draft.accord);
  return (
    <div className="no-print">
      <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say("app-draft-add")}
      </button>
      {open && (
        <CorrectForm
          key={number}
          accord={accord}
          near={piece.start}
          provision={{
            id: `added-${piece.start}-${number}`,
            kind: "other",
            quotes: [{ source, exact: piece.text, start: piece.start, end: piece.end }],
          }}
        />
      )}
    </div>
  );
}

const accordSource = (accord: Record<string, unknown>): string =>
  String((accord.sources as { id: string }[] | undefined)?.[0]?.id ?? "text");
